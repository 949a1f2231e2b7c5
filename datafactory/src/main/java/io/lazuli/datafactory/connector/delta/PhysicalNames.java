package io.lazuli.datafactory.connector.delta;

import io.delta.kernel.internal.util.ColumnMapping;
import io.delta.kernel.types.StructField;

/** The names that columns have in data files: in tables with column mapping not those that people see. */
final class PhysicalNames {
    private PhysicalNames() {
    }

    static String of(StructField field) {
        return field.getMetadata().contains(ColumnMapping.COLUMN_MAPPING_PHYSICAL_NAME_KEY)
            ? field.getMetadata().getString(ColumnMapping.COLUMN_MAPPING_PHYSICAL_NAME_KEY) : field.getName();
    }
}
