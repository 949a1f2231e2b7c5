package io.lazuli.storage.blob;

import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Services;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Xml;
import io.lazuli.storage.metadata.ServiceRecord;
import io.lazuli.storage.metadata.ServiceRecord.CorsRule;
import io.lazuli.storage.metadata.ServiceRecord.Logging;
import io.lazuli.storage.metadata.ServiceRecord.Metrics;
import io.lazuli.storage.metadata.ServiceRecord.Retention;
import io.lazuli.storage.metadata.ServiceRecord.Website;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Get and Set Blob Service Properties. What a document leaves out stays as it is. */
public final class ServiceProperties {
    private static final int MAX_BYTES = 64 * 1024;
    private static final String WEB = "$web";

    private final Services services;
    private final Containers containers;

    public ServiceProperties(Services services, Containers containers) {
        this.services = services;
        this.containers = containers;
    }

    public void set(Exchange exchange) throws IOException {
        Xml.Element document = Xml.parse(exchange.bodyText(MAX_BYTES));
        if (!document.name().equals("StorageServiceProperties")) {
            throw ServiceFailure.invalidXml("Expected StorageServiceProperties");
        }
        String account = exchange.target().account();
        ServiceRecord changed = services.update(account, record -> read(document, record));
        if (changed.website().enabled() && !containers.exists(account, WEB)) {
            containers.create(account, WEB, Map.of(), null);
        }
        exchange.respond(202);
    }

    private static ServiceRecord read(Xml.Element document, ServiceRecord old) {
        ServicePropertiesReader reader = new ServicePropertiesReader(document);
        return new ServiceRecord(reader.logging(old.logging()), reader.metrics("HourMetrics", old.hourMetrics()),
            reader.metrics("MinuteMetrics", old.minuteMetrics()), reader.cors(old.cors()), reader.defaultVersion(old.defaultVersion()),
            reader.deleteRetention(old.deleteRetention()), reader.website(old.website()));
    }

    /** Only the secondary endpoint has statistics. It shows what the primary one has, at once. */
    public void stats(Exchange exchange) throws IOException {
        if (!exchange.isSecondary()) {
            throw ServiceFailure.invalidParameter("comp", "stats", "Statistics are those of the secondary endpoint, "
                + exchange.target().account() + "-secondary.");
        }
        exchange.respondXml(200, new Xml().open("StorageServiceStats").open("GeoReplication").element("Status", "live")
            .element("LastSyncTime", HttpDates.format(Instant.now())).close("GeoReplication").close("StorageServiceStats").toString());
    }

    public void get(Exchange exchange) throws IOException {
        ServiceRecord record = services.of(exchange.target().account());
        Xml xml = new Xml().open("StorageServiceProperties");
        logging(xml, record.logging());
        metrics(xml, "HourMetrics", record.hourMetrics());
        metrics(xml, "MinuteMetrics", record.minuteMetrics());
        cors(xml, record.cors());
        xml.optional("DefaultServiceVersion", record.defaultVersion());
        retention(xml, "DeleteRetentionPolicy", record.deleteRetention(), true);
        website(xml, record.website());
        exchange.respondXml(200, xml.close("StorageServiceProperties").toString());
    }

    private static void logging(Xml xml, Logging logging) {
        xml.open("Logging").element("Version", logging.version()).element("Delete", text(logging.delete()))
            .element("Read", text(logging.read())).element("Write", text(logging.write()));
        retention(xml, "RetentionPolicy", logging.retention(), false);
        xml.close("Logging");
    }

    private static void metrics(Xml xml, String name, Metrics metrics) {
        xml.open(name).element("Version", metrics.version()).element("Enabled", text(metrics.enabled()));
        if (metrics.includeApis() != null) {
            xml.element("IncludeAPIs", text(metrics.includeApis()));
        }
        retention(xml, "RetentionPolicy", metrics.retention(), false);
        xml.close(name);
    }

    private static void retention(Xml xml, String name, Retention retention, boolean ofBlobs) {
        xml.open(name).element("Enabled", text(retention.enabled()));
        if (retention.enabled()) {
            xml.element("Days", retention.days());
        }
        if (ofBlobs) {
            xml.element("AllowPermanentDelete", text(retention.permanentDelete()));
        }
        xml.close(name);
    }

    private static void cors(Xml xml, List<CorsRule> rules) {
        xml.open("Cors");
        for (CorsRule rule : rules) {
            xml.open("CorsRule").element("AllowedMethods", String.join(",", rule.methods()))
                .element("AllowedOrigins", String.join(",", rule.origins())).element("AllowedHeaders", String.join(",", rule.headers()))
                .element("ExposedHeaders", String.join(",", rule.exposed())).element("MaxAgeInSeconds", rule.maxAgeSeconds())
                .close("CorsRule");
        }
        xml.close("Cors");
    }

    private static void website(Xml xml, Website website) {
        xml.open("StaticWebsite").element("Enabled", text(website.enabled())).optional("IndexDocument", website.indexDocument())
            .optional("DefaultIndexDocumentPath", website.defaultIndexDocument())
            .optional("ErrorDocument404Path", website.errorDocument()).close("StaticWebsite");
    }

    private static String text(boolean value) {
        return Boolean.toString(value);
    }
}
