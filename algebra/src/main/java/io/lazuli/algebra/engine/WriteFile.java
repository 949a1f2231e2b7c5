package io.lazuli.algebra.engine;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.FileFormat;
import java.nio.file.Path;

/** Writes the plan's rows to one new file, sorted if the plan is. A failure may leave a part: callers write aside and rename. */
public record WriteFile(Plan rows, FileFormat format, Path file) implements Command {
}
