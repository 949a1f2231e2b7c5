package io.lazuli.engine.duckdb.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.JsonFormat.Leniency;
import java.io.Reader;
import java.io.Writer;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.json.JsonReadFeature;

/** JSON that goes beyond its grammar, made such that any reader takes it. */
final class LenientJson {
    private LenientJson() {
    }

    /** Copies documents, or the elements of an array of them, one a line; {@code MALFORMED_DATA} for what even this does not read. */
    static void copy(Reader from, Writer to, Set<Leniency> lenient, String name) {
        JsonFactoryBuilder builder = JsonFactory.builder();
        lenient.forEach(leniency -> builder.enable(switch (leniency) {
            case COMMENTS -> JsonReadFeature.ALLOW_JAVA_COMMENTS;
            case SINGLE_QUOTES -> JsonReadFeature.ALLOW_SINGLE_QUOTES;
            case UNQUOTED_NAMES -> JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES;
            case BACKSLASH_ESCAPES -> JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER;
        }));
        JsonFactory factory = builder.build();
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), from);
            JsonGenerator generator = factory.createGenerator(ObjectWriteContext.empty(), to)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean around = token == JsonToken.END_ARRAY
                    || token == JsonToken.START_ARRAY && parser.streamReadContext().getNestingDepth() == 1;
                if (!around) {
                    generator.copyCurrentStructureExact(parser);
                    generator.writeRaw('\n');
                }
            }
        } catch (JacksonException e) {
            throw failure(AlgebraError.MALFORMED_DATA, "%s: malformed JSON at line %d: %s", name, e.getLocation().getLineNr(),
                e.getOriginalMessage(), e);
        }
    }
}
