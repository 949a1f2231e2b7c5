package io.lazuli.storage.http;

import java.util.List;

/** Which requests are for the Data Lake endpoint, which shares its address with the Blob endpoint. */
public final class DataLakeRequest {
    private static final List<String> PARAMETERS = List.of("resource", "action", "recursive", "mode");
    private static final List<String> HEADERS = List.of("x-ms-rename-source", "x-ms-lease-action");
    /** What names something else than the current content, which this endpoint does not know. */
    private static final List<String> OF_BLOBS = List.of("snapshot", "versionid", "deletetype");

    private DataLakeRequest() {
    }

    /** Whether a request is one; who allows it and who does it ask the same question, so that both take it for the same. */
    public static boolean is(Exchange exchange) {
        Target target = exchange.target();
        return target.parameter("comp") == null && target.parameter("restype") == null && (isMarked(exchange) || deletesPath(exchange));
    }

    /** Whether it has what only such requests have. */
    public static boolean isMarked(Exchange exchange) {
        return PARAMETERS.stream().anyMatch(name -> exchange.query(name) != null)
            || HEADERS.stream().anyMatch(name -> exchange.header(name) != null);
    }

    /** A deletion without parameters is the one or the other, as the host says. */
    private static boolean deletesPath(Exchange exchange) {
        Target target = exchange.target();
        return target.dfsHost() && exchange.method().equals("DELETE") && !target.path().isEmpty()
            && OF_BLOBS.stream().allMatch(name -> target.parameter(name) == null);
    }

    /** Fails when it names a snapshot, a version or a way to delete, rather than to do to the current content what is meant for another. */
    public static void requireCurrent(Exchange exchange) {
        for (String name : OF_BLOBS) {
            if (exchange.query(name) != null) {
                throw ServiceFailure.invalidParameter(name, exchange.query(name), "Paths have no snapshots and versions.");
            }
        }
    }
}
