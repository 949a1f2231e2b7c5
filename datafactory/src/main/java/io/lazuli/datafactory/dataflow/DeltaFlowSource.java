package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.delta.DeltaTable;
import io.lazuli.datafactory.connector.delta.DeltaVersion;
import io.lazuli.datafactory.connector.file.FileLocation;
import io.lazuli.datafactory.connector.file.FileStore;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.transform.Arguments;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** A source {@code format: 'delta'}: a table as it is, or with {@code versionAsOf} or {@code timestampAsOf} as it was. */
final class DeltaFlowSource {
    private DeltaFlowSource() {
    }

    /** The table in the folder of a source or sink. */
    static DeltaTable table(ResolvedDataset dataset, FileStore store, Engine engine) {
        FileLocation location = FileLocation.of(dataset);
        return DeltaTable.at(engine, store.tree(location).resolve(location.path()), store.display(location.container(), location.path()));
    }

    static Plan rows(Arguments arguments, ResolvedDataset dataset, FileStore store, Engine engine) {
        DeltaTable table = table(dataset, store, engine);
        if (!table.exists() && arguments.flag("ignoreNoFilesFound", false)) {
            List<Field> declared = arguments.declared("output").stream()
                .map(column -> new Field(column.name(), FlowTypes.of(column.type()))).toList();
            return new Values(new Schema(declared), List.of());
        }
        return version(arguments, table).rows(engine);
    }

    private static DeltaVersion version(Arguments arguments, DeltaTable table) {
        if (arguments.option("versionAsOf").isPresent() && arguments.option("timestampAsOf").isPresent()) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "Source '%s' has versionAsOf and timestampAsOf; "
                + "a table is read at one of them", arguments.statement().name());
        }
        Optional<String> version = arguments.text("versionAsOf");
        if (version.isPresent()) {
            return table.version(number(version.get(), arguments));
        }
        return arguments.value("timestampAsOf").map(value -> table.at(time(value, arguments))).orElseGet(table::latest);
    }

    private static long number(String version, Arguments arguments) {
        if (!version.strip().matches("\\d{1,18}")) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "versionAsOf is a number from 0, not '%s'", version);
        }
        return Long.parseLong(version.strip());
    }

    private static Instant time(Object value, Arguments arguments) {
        return switch (value) {
            case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
            case LocalDate date -> date.atStartOfDay().toInstant(ZoneOffset.UTC);
            default -> time(value.toString().strip().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T"), arguments);
        };
    }

    private static Instant time(String text, Arguments arguments) {
        try {
            return text.length() == 10 ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                : text.matches(".*(Z|[+-]\\d{2}:\\d{2})") ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(),
                "timestampAsOf is a time such as '2024-05-31 08:15:00' (UTC), not '%s'", text, e);
        }
    }
}
