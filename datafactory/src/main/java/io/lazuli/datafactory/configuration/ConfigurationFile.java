package io.lazuli.datafactory.configuration;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.storage.LakeNames;
import io.lazuli.storage.StorageFailures;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads {@code lazuli.yaml}. Whatever it does not understand stops the start: {@code INVALID_CONFIGURATION} with line and column. */
public final class ConfigurationFile {
    public static final String NAME = "lazuli.yaml";
    private static final int MOST_RETENTION_DAYS = 365;
    private static final List<String> CASE_IGNORED =
        List.of("storage", "databases", "linked-services", "activities", "secrets", "parameters");
    /** The last of the places that a parser tells is that of the problem; those before it, where what holds it begins. */
    private static final Pattern MARK = Pattern.compile("(?s).* line ([0-9]+), column ([0-9]+)");
    private static final Pattern TWICE = Pattern.compile("Duplicate Object property \"(.*)\"");

    private final Path file;
    private final UnaryOperator<String> environment;

    /** {@code environment} gives an environment variable's value, null when it is not set. */
    public ConfigurationFile(Path file, UnaryOperator<String> environment) {
        this.file = file.toAbsolutePath().normalize();
        this.environment = environment;
    }

    /** The configuration of the first of the folders that has one; the standard one when none has. */
    public static LazuliConfiguration load(Path... folders) {
        for (Path folder : folders) {
            Path file = folder.resolve(NAME);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return new ConfigurationFile(file, System::getenv).read();
            }
        }
        return LazuliConfiguration.STANDARD;
    }

    public LazuliConfiguration read() {
        String text = text();
        try {
            YAMLMapper mapper = mapper();
            JsonNode tree = mapper.readTree(text);
            if (tree.isMissingNode() || tree.isNull()) {
                return LazuliConfiguration.STANDARD;
            }
            LazuliConfiguration found = mapper.readValue(text, LazuliConfiguration.class);
            CASE_IGNORED.forEach(section -> requireDifferentNames(section, tree.path(section)));
            verify(found);
            return found;
        } catch (JacksonException failure) {
            throw explained(failure, text);
        }
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException binary) {
            throw failure(DataFactoryError.INVALID_CONFIGURATION, Place.of(file, null), "This is not UTF-8 text", binary);
        } catch (IOException failure) {
            throw StorageFailures.of("The file cannot be read", failure).at(Place.of(file, null));
        }
    }

    private YAMLMapper mapper() {
        return YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .addModule(new ConfigurationTypes(file.getParent(), environment))
            .build();
    }

    private void requireDifferentNames(String section, JsonNode named) {
        Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        named.propertyNames().forEach(name -> {
            String other = names.put(name, name);
            if (other != null) {
                throw wrong(section, name, "'" + other + "' is the same name, whose case is ignored");
            }
        });
    }

    private void verify(LazuliConfiguration configuration) {
        configuration.activities().forEach((name, standIn) -> {
            long given = Stream.of(standIn.command() != null, standIn.output() != null, standIn.fail() != null).filter(set -> set).count();
            if (given != 1) {
                throw wrong("activities", name, "exactly one of 'command', 'output' and 'fail' is expected");
            }
        });
        configuration.linkedServices().forEach(this::verify);
        configuration.storage().forEach(this::verify);
        new AccessVerification(configuration.access(), Place.of(file, "$.access")).verify();
    }

    private void verify(String name, StorageSettings account) {
        requireName("storage", name, () -> LakeNames.account(name.toLowerCase(Locale.ROOT)));
        account.containers().keySet().forEach(container -> requireName("storage", name, () -> LakeNames.container(container)));
        requireFolder(name, account.directory());
        account.containers().values().forEach(directory -> requireFolder(name, directory));
        if (account.versions() && account.hierarchical()) {
            throw wrong("storage", name, "'versions: true' asks for 'hierarchical: false'");
        }
        if (account.containerRetentionDays() < 0 || account.containerRetentionDays() > MOST_RETENTION_DAYS) {
            throw wrong("storage", name, "'container-retention-days' is between 1 and " + MOST_RETENTION_DAYS + ", or 0 for none");
        }
    }

    private void requireName(String section, String name, Supplier<String> rule) {
        try {
            rule.get();
        } catch (LazuliException impossible) {
            throw wrong(section, name, impossible.getMessage());
        }
    }

    private void requireFolder(String account, Path directory) {
        if (directory != null && Files.exists(directory) && !Files.isDirectory(directory)) {
            throw wrong("storage", account, "'" + directory + "' is a file, not a folder");
        }
    }

    private void verify(String name, LinkedServiceSettings settings) {
        if (settings.account() != null) {
            requireName("linked-services", name, () -> LakeNames.account(settings.account().toLowerCase(Locale.ROOT)));
        }
        boolean answered = settings.file() != null || settings.answer() != null;
        if ((settings.mode() == LinkedServiceSettings.Mode.STAND_IN) != answered) {
            throw wrong("linked-services", name, answered
                ? "'file' and 'answer' ask for 'mode: stand-in'" : "'mode: stand-in' asks for a 'file' or an 'answer'");
        }
        if (settings.jdbc() != null && settings.mode() != LinkedServiceSettings.Mode.REAL) {
            throw wrong("linked-services", name, "'jdbc' asks for 'mode: real'");
        }
    }

    private LazuliException wrong(String section, String name, String message) {
        return failure(DataFactoryError.INVALID_CONFIGURATION, Place.of(file, "$." + section).member(name), "'%s': %s", name, message);
    }

    private LazuliException explained(JacksonException failure, String text) {
        TokenStreamLocation location = failure.getPath().isEmpty() ? failure.getLocation() : located(failure, text);
        Place place = Place.of(file, null);
        Matcher mark = MARK.matcher(failure.getOriginalMessage());
        if (failure instanceof StreamReadException && mark.find()) {
            place = place.within(Integer.parseInt(mark.group(1)), Integer.parseInt(mark.group(2)));
        } else if (location != null && location.getLineNr() > 0) {
            place = place.within(location.getLineNr(), location.getColumnNr());
        }
        if (failure.getCause() instanceof LazuliException own) {
            return own.at(place);
        }
        return failure(DataFactoryError.INVALID_CONFIGURATION, place, "%s", reason(failure), failure);
    }

    /** Where the key stands that a failure is about: Jackson knows its path, but not always its line. */
    private TokenStreamLocation located(JacksonException failure, String text) {
        JsonPointer pointer = JsonPointer.empty();
        for (JacksonException.Reference step : failure.getPath()) {
            pointer = step.getPropertyName() == null
                ? pointer.appendIndex(step.getIndex()) : pointer.appendProperty(step.getPropertyName());
        }
        try (JsonParser parser = mapper().createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.streamReadContext().pathAsPointer().equals(pointer)) {
                    return parser.currentTokenLocation();
                }
            }
        }
        return failure.getLocation();
    }

    private static String reason(JacksonException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown -> {
                List<String> known = unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
                yield "There is no key '" + unknown.getPropertyName() + "' here" + NearestName.hint(unknown.getPropertyName(), known)
                    + (NearestName.of(unknown.getPropertyName(), known).isPresent() ? "" : "; the keys are " + String.join(", ", known));
            }
            case MismatchedInputException mismatch ->
                expected(mismatch.getTargetType()) + " is expected for '" + path(mismatch) + "'";
            case StreamReadException syntax -> syntax(syntax.getOriginalMessage());
            default -> failure.getOriginalMessage().lines().findFirst().orElse("This is not YAML");
        };
    }

    /** What the parser says, without the excerpts of the file between, which are indented. */
    private static String syntax(String message) {
        Matcher twice = TWICE.matcher(message);
        return twice.find() ? "The key '" + twice.group(1) + "' is here twice"
            : message.lines().filter(line -> !line.isBlank() && !line.startsWith(" ")).collect(Collectors.joining(", "));
    }

    private static String path(JacksonException failure) {
        StringBuilder path = new StringBuilder();
        failure.getPath().forEach(step -> path.append(path.isEmpty() ? "" : ".")
            .append(step.getPropertyName() == null ? Integer.toString(step.getIndex()) : step.getPropertyName()));
        return path.toString();
    }

    private static String expected(Class<?> type) {
        if (type == null || type.isRecord() || Map.class.isAssignableFrom(type)) {
            return "A mapping of keys";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "'true' or 'false'";
        }
        boolean number = Number.class.isAssignableFrom(type) || type == int.class || type == long.class;
        return List.class.isAssignableFrom(type) ? "A list" : number ? "A number" : "A text";
    }
}
