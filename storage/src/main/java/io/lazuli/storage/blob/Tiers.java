package io.lazuli.storage.blob;

import io.lazuli.storage.http.ServiceFailure;
import java.util.List;

/** The access tiers of block blobs. */
final class Tiers {
    private static final List<String> NAMES = List.of("Hot", "Cool", "Cold", "Archive");

    private Tiers() {
    }

    /** The tier in Azure's spelling, or {@code InvalidHeaderValue}. */
    static String valid(String tier) {
        return NAMES.stream().filter(tier::equalsIgnoreCase).findFirst()
            .orElseThrow(() -> ServiceFailure.invalidHeader("x-ms-access-tier", tier));
    }
}
