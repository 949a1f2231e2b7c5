package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.expression.InSubquery;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Plans;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells which rows are had faster by making them again than by keeping them: those of Parquet files that are filtered, computed and
 * joined by the engine's own operators, none of which gives another value the next time. Their columns are read as they are needed.
 */
final class RepeatableRows {
    private static final Set<Operator> CHANGING = Set.of(MathOperators.RANDOM, StringOperators.NEW_UUID);
    /** Rows of so few bytes may also be ordered or numbered again. */
    private static final long FEW_BYTES = 4 << 20;

    private final Predicate<Path> written;

    /** {@code written} tells of files that may change before the rows are made again. */
    RepeatableRows(Predicate<Path> written) {
        this.written = written;
    }

    boolean repeats(Plan plan) {
        return switch (plan) {
            case Scan scan -> scan.source() instanceof FileSource files && files.format() instanceof ParquetFormat
                && files.files().stream().map(SourceFile::path).noneMatch(written);
            case Filter filter -> repeats(List.of(filter.condition())) && repeats(filter.input());
            case Project project -> repeats(project.columns().stream().map(NamedExpression::expression).toList())
                && repeats(project.input());
            case Join join -> repeats(List.of(join.condition())) && repeats(join.left()) && repeats(join.right());
            case Window window -> bytes(window) <= FEW_BYTES && repeats(window.columns().stream().map(NamedExpression::expression).toList())
                && repeats(window.input());
            case Shared shared -> repeats(shared.input());
            default -> false;
        };
    }

    private static boolean repeats(Collection<Expression> expressions) {
        return expressions.stream().allMatch(RepeatableRows::repeats);
    }

    private static boolean repeats(Expression expression) {
        boolean[] all = {true};
        Expressions.forEach(expression, part -> all[0] &= switch (part) {
            case Call call -> !CHANGING.contains(call.operator()) && JavaImplementedOperators.implementation(call.operator()) == null;
            case ScalarSubquery _, ExistsSubquery _, InSubquery _ -> false;
            default -> true;
        });
        return all[0];
    }

    private static long bytes(Plan plan) {
        long[] bytes = {0};
        Plans.forEach(plan, part -> {
            if (part instanceof Scan scan && scan.source() instanceof FileSource files) {
                bytes[0] += files.files().stream().map(SourceFile::path).mapToLong(RepeatableRows::size).sum();
            }
            return true;
        });
        return bytes[0];
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
