package io.lazuli.datafactory.access;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.policy.AccessPolicy;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.Source;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.configuration.AccessRule;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.scope.InputColumn;
import io.lazuli.storage.Lake;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The rules of {@code lazuli.yaml}. The first rule of a table or folder decides. */
public final class ConfiguredPolicy implements AccessPolicy {
    private final List<AccessRule> rules;
    private final Supplier<Lake> lake;

    /** {@code lake} tells where the folders of rules for files are. */
    public ConfiguredPolicy(List<AccessRule> rules, Supplier<Lake> lake) {
        this.rules = rules;
        this.lake = lake;
    }

    @Override
    public Optional<Rights> rights(String principal, Source source, Supplier<Schema> columns) {
        return rules.stream().filter(rule -> covers(rule, source)).findFirst()
            .filter(rule -> rule.except().stream().noneMatch(principal::equalsIgnoreCase))
            .map(rule -> rights(rule, columns.get()));
    }

    private boolean covers(AccessRule rule, Source source) {
        return switch (source) {
            case TableSource table -> rule.table() != null && rule.table().equalsIgnoreCase(name(table.table()));
            case FileSource files -> rule.files() != null
                && files.files().stream().anyMatch(file -> file.path().toAbsolutePath().normalize().startsWith(folder(rule.files())));
            case RowSource _ -> false;
        };
    }

    private static String name(TableName table) {
        return table.database() + "/" + table.schema() + "." + table.name();
    }

    private Path folder(String files) {
        String[] parts = files.split("/", 3);
        if (parts.length < 2) {
            throw failure(DataFactoryError.INVALID_CONFIGURATION, "The policy of '%s': account/container or account/container/folder is "
                + "expected", files);
        }
        return lake.get().container(parts[0], parts[1]).resolve(parts.length > 2 ? parts[2] : "");
    }

    private static Rights rights(AccessRule rule, Schema columns) {
        Map<String, Expression> masks = new HashMap<>();
        rule.masks().forEach((name, function) -> {
            Field column = column(rule, columns, name);
            masks.put(column.name(), Mask.of(function, column, rule.subject()));
        });
        return new Rights(Optional.ofNullable(rule.rows()).map(rows -> condition(rule, rows, columns)), masks);
    }

    private static Field column(AccessRule rule, Schema columns, String name) {
        return columns.fields().stream().filter(field -> field.name().equalsIgnoreCase(name)).findFirst().orElseThrow(() ->
            failure(DataFactoryError.INVALID_CONFIGURATION, "The policy of '%s' masks a column '%s', which is not there%s", rule.subject(),
                name, NearestName.hint(name, columns.names())));
    }

    private static Expression condition(AccessRule rule, String rows, Schema columns) {
        try {
            Expression condition = ExpressionBinder.bind(rows, ExpressionScope.EMPTY.withColumns(columns.fields().stream()
                .map(field -> InputColumn.of("", field.name(), ColumnReference.of(field))).toList()));
            if (condition.type() != ScalarType.BOOLEAN) {
                throw failure(DataFactoryError.INVALID_CONFIGURATION, "it is no condition");
            }
            return condition;
        } catch (LazuliException problem) {
            throw failure(DataFactoryError.INVALID_CONFIGURATION, "The policy of '%s' has the condition %s: %s", rule.subject(), rows,
                problem.getMessage(), problem);
        }
    }
}
