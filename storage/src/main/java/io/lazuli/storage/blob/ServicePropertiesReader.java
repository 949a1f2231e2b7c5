package io.lazuli.storage.blob;

import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Xml;
import io.lazuli.storage.metadata.ServiceRecord.CorsRule;
import io.lazuli.storage.metadata.ServiceRecord.Logging;
import io.lazuli.storage.metadata.ServiceRecord.Metrics;
import io.lazuli.storage.metadata.ServiceRecord.Retention;
import io.lazuli.storage.metadata.ServiceRecord.Website;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Reads the document of Set Blob Service Properties; each method gives the old value when the document does not speak of it. */
final class ServicePropertiesReader {
    private static final int MAX_RULES = 5;
    private static final int MAX_DAYS = 365;
    private static final Set<String> PARTS = Set.of("Logging", "HourMetrics", "MinuteMetrics", "Metrics", "Cors", "DefaultServiceVersion",
        "DeleteRetentionPolicy", "StaticWebsite");
    private static final List<String> METHODS =
        List.of("DELETE", "GET", "HEAD", "MERGE", "POST", "OPTIONS", "PUT", "PATCH", "CONNECT", "TRACE");

    private final Xml.Element document;

    ServicePropertiesReader(Xml.Element document) {
        this.document = document;
        for (Xml.Element part : document.children()) {
            if (!PARTS.contains(part.name())) {
                throw ServiceFailure.invalidXml("There is no property " + part.name());
            }
        }
    }

    Logging logging(Logging old) {
        Xml.Element element = document.element("Logging");
        return element == null ? old : new Logging(required(element, "Version"), flag(element, "Delete"), flag(element, "Read"),
            flag(element, "Write"), retention(element.element("RetentionPolicy")));
    }

    Metrics metrics(String name, Metrics old) {
        Xml.Element own = document.element(name);
        // Versions before 2013 knew the hourly ones only.
        Xml.Element element = own == null && name.equals("HourMetrics") ? document.element("Metrics") : own;
        if (element == null) {
            return old;
        }
        boolean enabled = flag(element, "Enabled");
        return new Metrics(required(element, "Version"), enabled, enabled ? flag(element, "IncludeAPIs") : null,
            retention(element.element("RetentionPolicy")));
    }

    private static Retention retention(Xml.Element element) {
        if (element == null) {
            throw ServiceFailure.invalidXml("A RetentionPolicy is missing");
        }
        boolean enabled = flag(element, "Enabled");
        boolean permanent = element.child("AllowPermanentDelete") != null && flag(element, "AllowPermanentDelete");
        return new Retention(enabled, enabled ? (Integer) number(element, "Days", 1, MAX_DAYS) : null, permanent);
    }

    List<CorsRule> cors(List<CorsRule> old) {
        Xml.Element element = document.element("Cors");
        if (element == null) {
            return old;
        }
        if (element.children().size() > MAX_RULES) {
            throw ServiceFailure.invalidXml("There are at most " + MAX_RULES + " CORS rules");
        }
        return element.children().stream().map(ServicePropertiesReader::rule).toList();
    }

    private static CorsRule rule(Xml.Element element) {
        List<String> origins = names(required(element, "AllowedOrigins"));
        List<String> methods = names(required(element, "AllowedMethods"));
        if (origins.isEmpty()) {
            throw value("AllowedOrigins", "", "A rule names one origin at least");
        }
        if (methods.isEmpty() || !METHODS.containsAll(methods)) {
            throw value("AllowedMethods", String.join(",", methods), "Expected some of " + String.join(", ", METHODS));
        }
        return new CorsRule(origins, methods, names(required(element, "AllowedHeaders")), names(required(element, "ExposedHeaders")),
            number(element, "MaxAgeInSeconds", 0, Integer.MAX_VALUE));
    }

    private static List<String> names(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    String defaultVersion(String old) {
        String version = document.child("DefaultServiceVersion");
        if (version == null || version.isEmpty()) {
            return old;
        }
        if (!version.matches("\\d{4}-\\d{2}-\\d{2}")) {
            throw value("DefaultServiceVersion", version, "Expected a version such as 2025-07-05");
        }
        return version;
    }

    Retention deleteRetention(Retention old) {
        Xml.Element element = document.element("DeleteRetentionPolicy");
        return element == null ? old : retention(element);
    }

    Website website(Website old) {
        Xml.Element element = document.element("StaticWebsite");
        if (element == null) {
            return old;
        }
        if (!flag(element, "Enabled")) {
            return new Website(false, null, null, null);
        }
        String index = text(element, "IndexDocument");
        String fallback = text(element, "DefaultIndexDocumentPath");
        if (index != null && fallback != null) {
            throw value("DefaultIndexDocumentPath", fallback, "It cannot be given together with IndexDocument");
        }
        if (index != null && index.contains("/")) {
            throw value("IndexDocument", index, "It is a name without slashes");
        }
        return new Website(true, index, text(element, "ErrorDocument404Path"), fallback);
    }

    private static String text(Xml.Element element, String name) {
        String text = element.child(name);
        return text == null || text.isEmpty() ? null : text;
    }

    private static String required(Xml.Element element, String name) {
        String text = element.child(name);
        if (text == null) {
            throw ServiceFailure.invalidXml(element.name() + " has no " + name);
        }
        return text;
    }

    private static boolean flag(Xml.Element element, String name) {
        return switch (required(element, name)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw value(name, element.child(name), "Expected true or false");
        };
    }

    private static int number(Xml.Element element, String name, int least, int most) {
        String text = required(element, name);
        if (text.matches("\\d{1,9}") && Integer.parseInt(text) > most) {
            throw ServiceFailure.invalidXml("Expected a number from " + least + " to " + most + " in " + name);
        }
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least) {
            throw value(name, text, "Expected a number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }

    private static ServiceFailure value(String name, String text, String reason) {
        return ServiceFailure.badRequest("InvalidXmlNodeValue",
            "The value provided for one of the XML nodes in the request body was not in the correct format.")
            .with("XmlNodeName", name).with("XmlNodeValue", text).with("Reason", reason);
    }
}
