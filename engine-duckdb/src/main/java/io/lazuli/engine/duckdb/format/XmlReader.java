package io.lazuli.engine.duckdb.format;

import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.source.XmlFormat;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.files.FileRows;
import io.lazuli.files.PackedFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads XML documents, one row each, whose columns are the root elements. A document is in memory while its row is the current one. */
final class XmlReader implements FormatReader {
    @Override
    public Schema describe(List<SourceFile> files, FileFormat format) {
        XmlFormat xml = (XmlFormat) format;
        Map<String, DataType> roots = new LinkedHashMap<>();
        for (SourceFile file : files) {
            plain(file, xml, document -> XmlTree.parse(document, xml)
                .forEach((name, value) -> roots.merge(name, XmlTypes.of(value, xml), XmlTypes::union)));
        }
        return new Schema(roots.entrySet().stream().map(root -> new Field(root.getKey(), XmlTypes.settled(root.getValue()))).toList());
    }

    private static void plain(SourceFile file, XmlFormat format, Consumer<SourceFile> documents) {
        if (format.compression() == Compression.NONE) {
            documents.accept(file);
            return;
        }
        try (PackedFile packed = PackedFile.unpack(file, format.compression())) {
            packed.files().forEach(documents);
        }
    }

    @Override
    public RowSource rows(List<SourceFile> files, FileFormat format, Schema columns, Optional<String> pathColumn) {
        XmlFormat xml = (XmlFormat) format;
        return new FileRows(files, columns, pathColumn,
            file -> PackedFile.open(file, xml.compression(), document -> new Cursor(document, xml, columns)));
    }

    private static final class Cursor implements RowCursor {
        private final SourceFile file;
        private final XmlFormat format;
        private final Schema columns;
        private Map<String, Object> document;

        Cursor(SourceFile file, XmlFormat format, Schema columns) {
            this.file = file;
            this.format = format;
            this.columns = columns;
        }

        @Override
        public Schema schema() {
            return columns;
        }

        @Override
        public boolean next() {
            if (document != null) {
                return false;
            }
            document = XmlTree.parse(file, format);
            return true;
        }

        @Override
        public Object value(int column) {
            Field field = columns.fields().get(column);
            return XmlTypes.convert(document.get(field.name()), field.type(), format);
        }

        @Override
        public void close() {
            document = Map.of();
        }
    }
}
