package io.lazuli.engine.duckdb.format;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import java.util.List;

/** Which sheet of a workbook: by name, whatever its case, else by index from 0, else the first. */
record SheetChoice(String file, String name, Integer index) {
    /** The chosen sheet's index; {@code NOT_FOUND} with the names that there are. */
    int index(List<String> names) {
        if (name != null && !name.isEmpty()) {
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).equalsIgnoreCase(name)) {
                    return i;
                }
            }
            throw failure(CommonError.NOT_FOUND, "%s has no sheet '%s', but %s%s", file, name, names, NearestName.hint(name, names));
        }
        int wanted = index == null ? 0 : index;
        if (wanted < 0 || wanted >= names.size()) {
            throw failure(CommonError.NOT_FOUND, "%s has no sheet of index %d; its %d sheets are %s", file, wanted, names.size(), names);
        }
        return wanted;
    }
}
