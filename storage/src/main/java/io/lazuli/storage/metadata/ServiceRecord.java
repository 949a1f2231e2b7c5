package io.lazuli.storage.metadata;

import java.util.List;

/**
 * What an account's owner has set for its Blob service.
 *
 * @param defaultVersion for requests that name none; null when it was never set
 */
public record ServiceRecord(
        Logging logging,
        Metrics hourMetrics,
        Metrics minuteMetrics,
        List<CorsRule> cors,
        String defaultVersion,
        Retention deleteRetention,
        Website website) {
    /** Of an account that nobody has set anything for. */
    public static final ServiceRecord DEFAULT = new ServiceRecord(null, null, null, null, null, null, null);

    public ServiceRecord {
        logging = logging == null ? new Logging("1.0", false, false, false, Retention.NONE) : logging;
        hourMetrics = hourMetrics == null ? Metrics.OFF : hourMetrics;
        minuteMetrics = minuteMetrics == null ? Metrics.OFF : minuteMetrics;
        cors = cors == null ? List.of() : List.copyOf(cors);
        deleteRetention = deleteRetention == null ? Retention.NONE : deleteRetention;
        website = website == null ? new Website(false, null, null, null) : website;
    }

    /**
     * How long something is kept.
     *
     * @param days null when it is not enabled
     * @param permanentDelete whether deleted things may be removed before their time
     */
    public record Retention(boolean enabled, Integer days, boolean permanentDelete) {
        static final Retention NONE = new Retention(false, null, false);
    }

    /** Which requests are logged. */
    public record Logging(String version, boolean delete, boolean read, boolean write, Retention retention) {
    }

    /**
     * Which figures are collected.
     *
     * @param includeApis null when they are not enabled
     */
    public record Metrics(String version, boolean enabled, Boolean includeApis, Retention retention) {
        static final Metrics OFF = new Metrics("1.0", false, null, Retention.NONE);
    }

    /**
     * Which pages of other origins may ask for what.
     *
     * @param headers names, or beginnings of names before a {@code *}
     * @param maxAgeSeconds how long a browser may remember the answer
     */
    public record CorsRule(List<String> origins, List<String> methods, List<String> headers, List<String> exposed, int maxAgeSeconds) {
        public CorsRule {
            headers = headers == null ? List.of() : List.copyOf(headers);
            exposed = exposed == null ? List.of() : List.copyOf(exposed);
        }
    }

    /**
     * How the container {@code $web} is served.
     *
     * @param indexDocument the name of the page of each folder, null for none
     * @param errorDocument the page for what is missing, null for none
     * @param defaultIndexDocument the page of all folders, null for one of each folder's own
     */
    public record Website(boolean enabled, String indexDocument, String errorDocument, String defaultIndexDocument) {
    }
}
