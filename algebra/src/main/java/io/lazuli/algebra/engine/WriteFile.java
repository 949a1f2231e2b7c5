package io.lazuli.algebra.engine;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.FileFormat;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the plan's rows to one new file, sorted if the plan is. A failure may leave a part: callers write aside and rename.
 *
 * @param head lines of delimited text that stand before all else; empty for other formats
 */
public record WriteFile(Plan rows, FileFormat format, Path file, List<String> head) implements Command {
    public WriteFile {
        head = List.copyOf(head);
    }

    public WriteFile(Plan rows, FileFormat format, Path file) {
        this(rows, format, file, List.of());
    }
}
