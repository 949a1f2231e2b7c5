package io.lazuli.languages.pipeline.function;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A function of the expression language: its signature and what it does. */
public record PipelineFunction(Signature signature, Function<Arguments, JsonNode> body) {

    /** Begins the definition of a function; {@link Definition#gives} ends it. */
    static Definition function(Category category, String name, String documentation) {
        return new Definition(category, name, documentation);
    }

    /** A definition that is being written. */
    static final class Definition {
        private final Category category;
        private final String name;
        private final String documentation;
        private final List<Parameter> parameters = new ArrayList<>();
        private int required;
        private boolean repeats;
        private String example = "";
        private String exampleResult;

        private Definition(Category category, String name, String documentation) {
            this.category = category;
            this.name = name;
            this.documentation = documentation;
        }

        Definition takes(String parameter, Kind kind) {
            parameters.add(new Parameter(parameter, kind));
            required++;
            return this;
        }

        Definition mayTake(String parameter, Kind kind) {
            parameters.add(new Parameter(parameter, kind));
            return this;
        }

        /** The last parameter, which takes any number of arguments. */
        Definition takesMany(String parameter, Kind kind, int atLeast) {
            parameters.add(new Parameter(parameter, kind));
            required += atLeast;
            repeats = true;
            return this;
        }

        Definition example(String text, String result) {
            example = text;
            exampleResult = result;
            return this;
        }

        PipelineFunction gives(Kind result, Function<Arguments, JsonNode> body) {
            return new PipelineFunction(
                new Signature(name, category, parameters, required, repeats, result, documentation, example, exampleResult), body);
        }
    }
}
