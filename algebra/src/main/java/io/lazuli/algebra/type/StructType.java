package io.lazuli.algebra.type;

import java.util.List;
import java.util.stream.Collectors;

/** Named fields, carried as {@link java.util.Map} from field name to value, in the order of the fields. */
public record StructType(List<Field> fields) implements DataType {
    public StructType {
        fields = List.copyOf(fields);
    }

    @Override
    public String toString() {
        return fields.stream().map(field -> field.name() + ":" + field.type()).collect(Collectors.joining(",", "struct<", ">"));
    }
}
