package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.Operation;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.EntityTag;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Set Blob Expiry: when a file of a hierarchical account ends by itself. */
public final class Expiry implements Operation {
    private static final String OPTION = "x-ms-expiry-option";
    private static final String TIME = "x-ms-expiry-time";

    private final Containers containers;
    private final Blobs blobs;
    private final Directories directories;

    public Expiry(Containers containers, Blobs blobs, Directories directories) {
        this.containers = containers;
        this.blobs = blobs;
        this.directories = directories;
    }

    @Override
    public void run(Exchange exchange) throws IOException {
        containers.require(exchange.target().account(), exchange.target().container());
        if (exchange.target().flat()) {
            throw ServiceFailure.badRequest("HierarchicalNamespaceNotEnabled",
                "This operation is only supported on a hierarchical namespace account.");
        }
        if (exchange.header(OPTION) == null) {
            throw ServiceFailure.missingHeader(OPTION);
        }
        BlobAddress address = BlobAddress.of(exchange.target());
        if (blobs.find(address).isEmpty() && directories.find(address).isPresent()) {
            throw new ServiceFailure(409, "OperationNotSupportedOnDirectory", "This operation is not supported on a directory.");
        }
        Blob blob = blobs.update(address, WriteCheck.changing(exchange),
            record -> record.withExpiry(moment(exchange, record.created())));
        BlobHeaders.identity(exchange, blob);
        exchange.respond(200);
    }

    /** When a file that is made now is to end, as the request says; null for never. */
    public static Long ofNew(Exchange exchange) {
        if (exchange.header(OPTION) != null) {
            return moment(exchange, EntityTag.now());
        }
        if (exchange.header(TIME) != null) {
            throw ServiceFailure.missingHeader(OPTION);
        }
        return null;
    }

    /** Directories never end by themselves. */
    public static void refuse(Exchange exchange) {
        if (ofNew(exchange) != null) {
            throw ServiceFailure.invalidHeader(OPTION, exchange.header(OPTION));
        }
    }

    private static Long moment(Exchange exchange, long createdMicros) {
        String option = exchange.header(OPTION);
        String time = exchange.header(TIME);
        long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        Long moment = switch (option.toLowerCase(Locale.ROOT)) {
            case "neverexpire" -> null;
            case "relativetonow" -> now + duration(time);
            case "relativetocreation" -> createdMicros + duration(time);
            case "absolute" -> date(time);
            default -> throw ServiceFailure.invalidHeader(OPTION, option);
        };
        // Counted from its creation, the end of a file may be over already.
        boolean over = moment != null && moment <= now && !option.equalsIgnoreCase("RelativeToCreation");
        if (over || moment == null && time != null) {
            throw ServiceFailure.invalidHeader(TIME, time);
        }
        return moment;
    }

    private static String require(String time) {
        if (time == null) {
            throw ServiceFailure.missingHeader(TIME);
        }
        return time;
    }

    private static long duration(String time) {
        if (!require(time).matches("\\d{1,14}")) {
            throw ServiceFailure.invalidHeader(TIME, time);
        }
        return TimeUnit.MILLISECONDS.toMicros(Long.parseLong(time));
    }

    private static long date(String time) {
        Instant date = HttpDates.parse(require(time));
        if (date == null) {
            throw ServiceFailure.invalidHeader(TIME, time);
        }
        return TimeUnit.MILLISECONDS.toMicros(date.toEpochMilli());
    }
}
