package io.lazuli.datafactory.copy.mapping;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.Place;
import java.util.IllformedLocaleException;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * How values change their type: a translator's {@code typeConversion} and {@code typeConversionSettings}.
 *
 * @param enabled {@code typeConversion}: chooses the wording of failures; conversions themselves are the same
 * @param dateTimeFormat .NET formats, null for none
 */
public record ConversionSettings(
    boolean enabled, boolean allowDataTruncation, boolean treatBooleanAsNumber, String dateTimeFormat, String dateTimeOffsetFormat,
    String timeSpanFormat, Locale culture) {
    public static final ConversionSettings DEFAULT = new ConversionSettings(false, true, false, null, null, null, Locale.US);

    static ConversionSettings of(boolean enabled, JsonNode settings, Place place) {
        if (settings == null || settings.isNull() || !enabled) {
            return new ConversionSettings(enabled, true, false, null, null, null, Locale.US);
        }
        return new ConversionSettings(true, flag(settings, "allowDataTruncation", true, place),
            flag(settings, "treatBooleanAsNumber", false, place), text(settings, "dateTimeFormat"), text(settings, "dateTimeOffsetFormat"),
            text(settings, "timeSpanFormat"), culture(text(settings, "culture"), place.member("culture")));
    }

    /** These settings for one column that has a format or culture of its own. */
    ConversionSettings with(String format, String culture, Place place) {
        if (format == null && culture == null) {
            return this;
        }
        return new ConversionSettings(enabled, allowDataTruncation, treatBooleanAsNumber, format == null ? dateTimeFormat : format,
            format == null ? dateTimeOffsetFormat : format, format == null ? timeSpanFormat : format,
            culture == null ? this.culture : culture(culture, place.member("culture")));
    }

    private static String text(JsonNode settings, String name) {
        JsonNode value = settings.get(name);
        return value == null || value.isNull() || value.asString().isEmpty() ? null : value.asString();
    }

    static boolean flag(JsonNode object, String name, boolean otherwise, Place place) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return switch (value.isString() ? value.stringValue().toLowerCase(Locale.ROOT) : "") {
            case "true" -> true;
            case "false" -> false;
            default -> throw failure(DataFactoryError.WRONG_TYPE, place.member(name), "'%s' is true or false, not %s", name, value);
        };
    }

    private static Locale culture(String name, Place place) {
        if (name == null || name.equalsIgnoreCase("invariant")) {
            return Locale.US;
        }
        try {
            return new Locale.Builder().setLanguageTag(name).build();
        } catch (IllformedLocaleException e) {
            throw failure(DataFactoryError.WRONG_TYPE, place, "'%s' is not a culture such as en-us or fr-fr", name, e);
        }
    }
}
