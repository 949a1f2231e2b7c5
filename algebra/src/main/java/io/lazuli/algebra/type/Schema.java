package io.lazuli.algebra.type;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.foundation.NearestName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The columns that a plan gives, in order. Names are unique and case-sensitive. */
public record Schema(List<Field> fields) {
    public Schema {
        fields = List.copyOf(fields);
        Set<String> seen = new HashSet<>();
        for (Field field : fields) {
            if (!seen.add(field.name())) {
                throw failure(AlgebraError.DUPLICATE_COLUMN, "Column '%s' occurs twice", field.name());
            }
        }
    }

    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    public int size() {
        return fields.size();
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    public Optional<Field> find(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** The column of that name, or {@code COLUMN_NOT_FOUND} with the nearest name. */
    public Field field(String name) {
        return find(name).orElseThrow(() -> failure(AlgebraError.COLUMN_NOT_FOUND,
            "Column '%s' is not among %s%s", name, names(), NearestName.hint(name, names())));
    }

    /** These columns, then those; a name in both is an error. */
    public Schema followedBy(Schema other) {
        List<Field> all = new ArrayList<>(fields);
        all.addAll(other.fields);
        return new Schema(all);
    }
}
