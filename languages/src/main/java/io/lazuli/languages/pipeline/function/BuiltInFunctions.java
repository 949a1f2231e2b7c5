package io.lazuli.languages.pipeline.function;

import java.util.List;
import java.util.stream.Stream;

/** The functions that compute from their arguments alone, family by family. */
public final class BuiltInFunctions {
    private BuiltInFunctions() {
    }

    public static List<PipelineFunction> all() {
        return Stream.of(StringFunctions.all(), CollectionFunctions.all(), LogicalFunctions.all(), ConversionFunctions.all(),
                EncodingFunctions.all(), XmlFunctions.all(), MathFunctions.all(), DateFunctions.all(), TimeZoneFunctions.all())
            .flatMap(List::stream)
            .toList();
    }
}
