package io.lazuli.files;

import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The rows of several files as one source: columns are found in each file by name, are null where a file lacks one, and have one type
 * whatever each file's is.
 */
public final class FileRows implements RowSource {
    private final List<SourceFile> files;
    private final Schema columns;
    private final Schema schema;
    private final Function<SourceFile, RowCursor> opening;

    /**
     * Rows of {@code columns}, then of {@code pathColumn} with each file's name.
     *
     * @param opening opens one file's rows; called when the file before it is read to its end
     */
    public FileRows(List<SourceFile> files, Schema columns, Optional<String> pathColumn, Function<SourceFile, RowCursor> opening) {
        this.files = List.copyOf(files);
        this.columns = columns;
        this.schema = pathColumn.map(name -> columns.followedBy(Schema.of(new Field(name, ScalarType.STRING)))).orElse(columns);
        this.opening = opening;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public RowCursor open() {
        return new Cursor();
    }

    private final class Cursor implements RowCursor {
        private final int[] positions = new int[columns.size()];
        private final List<UnaryOperator<Object>> conversions = new ArrayList<>();
        private int opened;
        private RowCursor current;

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public boolean next() {
            while (current == null || !current.next()) {
                close();
                if (opened == files.size()) {
                    return false;
                }
                current = opening.apply(files.get(opened++));
                align(current.schema());
            }
            return true;
        }

        private void align(Schema own) {
            conversions.clear();
            for (int i = 0; i < positions.length; i++) {
                Field wanted = columns.fields().get(i);
                positions[i] = own.names().indexOf(wanted.name());
                conversions.add(positions[i] < 0 ? UnaryOperator.identity()
                    : TypeUnion.conversion(own.fields().get(positions[i]).type(), wanted.type()));
            }
        }

        @Override
        public Object value(int column) {
            if (current == null) {
                throw new NoSuchElementException("No row before next() or after the last one");
            }
            if (column == positions.length) {
                return files.get(opened - 1).name();
            }
            Object value = positions[column] < 0 ? null : current.value(positions[column]);
            return value == null ? null : conversions.get(column).apply(value);
        }

        @Override
        public void close() {
            if (current != null) {
                current.close();
                current = null;
            }
        }
    }
}
