package io.lazuli.datafactory.configuration;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import java.io.Serial;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** How the configuration's own types are written: paths relative to the file, {@code ${VARIABLE}} in secrets, {@code none} for limits. */
final class ConfigurationTypes extends SimpleModule {
    @Serial
    private static final long serialVersionUID = 1;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    ConfigurationTypes(Path base, UnaryOperator<String> environment) {
        super("lazuli-configuration");
        addDeserializer(Path.class, new Text<>(Path.class, text -> base.resolve(text).normalize()));
        addDeserializer(Secret.class, new Text<>(Secret.class, text -> new Secret(filled(text, environment))));
        addDeserializer(Limit.class, new Text<>(Limit.class, ConfigurationTypes::limit));
        addDeserializer(LinkedServiceSettings.Mode.class, new Text<>(LinkedServiceSettings.Mode.class, ConfigurationTypes::mode));
    }

    private static String filled(String text, UnaryOperator<String> environment) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String value = environment.apply(found.group(1));
            if (value == null) {
                throw failure(DataFactoryError.SECRET_NOT_FOUND, "The environment variable '%s' is not set", found.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static Limit limit(String text) {
        if (text.equalsIgnoreCase("none")) {
            return Limit.NONE;
        }
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw failure(DataFactoryError.INVALID_CONFIGURATION, "A limit is a whole number above 0 or 'none', not '%s'", text);
        }
        return new Limit(Long.parseLong(text));
    }

    private static LinkedServiceSettings.Mode mode(String text) {
        return Arrays.stream(LinkedServiceSettings.Mode.values())
            .filter(mode -> mode.name().replace('_', '-').equalsIgnoreCase(text)).findFirst()
            .orElseThrow(() -> failure(DataFactoryError.INVALID_CONFIGURATION, "A mode is 'local', 'real' or 'stand-in', not '%s'", text));
    }

    private static final class Text<T> extends StdDeserializer<T> {
        private final transient Function<String, T> meaning;

        Text(Class<T> type, Function<String, T> meaning) {
            super(type);
            this.meaning = meaning;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.currentToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
                return (T) context.handleUnexpectedToken(handledType(), parser);
            }
            return meaning.apply(parser.getString());
        }
    }
}
