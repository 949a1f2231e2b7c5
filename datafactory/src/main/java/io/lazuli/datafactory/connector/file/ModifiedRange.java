package io.lazuli.datafactory.connector.file;

import io.lazuli.storage.FileStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code modifiedDatetimeStart} and {@code modifiedDatetimeEnd}: files modified at or after the one and before the other, in UTC. */
final class ModifiedRange {
    private ModifiedRange() {
    }

    static Predicate<FileStatus> of(Settings settings) {
        Optional<Instant> start = time(settings, "modifiedDatetimeStart");
        Optional<Instant> end = time(settings, "modifiedDatetimeEnd");
        return file -> start.map(from -> !file.lastModified().isBefore(from)).orElse(true)
            && end.map(to -> file.lastModified().isBefore(to)).orElse(true);
    }

    private static Optional<Instant> time(Settings settings, String name) {
        return settings.text(name).map(text -> UtcTime.parse(text)
            .orElseThrow(() -> settings.wrong(name, text, "a time such as 2024-05-31T00:00:00Z")));
    }
}
