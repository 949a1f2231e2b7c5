package io.lazuli.engine.duckdb.format;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.ExcelFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Schema;
import io.lazuli.files.FileRows;
import io.lazuli.files.PackedFile;
import io.lazuli.files.TypeUnion;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dhatim.fastexcel.reader.ReadableWorkbook;

/** Reads a sheet of {@code .xlsx} and {@code .xls} files, which the first bytes tell apart; all columns are text. */
final class ExcelReader implements FormatReader {
    @Override
    public Schema describe(List<SourceFile> files, FileFormat format) {
        List<Schema> schemas = new ArrayList<>();
        for (SourceFile file : files) {
            try (RowCursor cursor = open(file, (ExcelFormat) format)) {
                schemas.add(cursor.schema());
            }
        }
        return TypeUnion.of(schemas);
    }

    @Override
    public RowSource rows(List<SourceFile> files, FileFormat format, Schema columns, Optional<String> pathColumn) {
        return new FileRows(files, columns, pathColumn, file -> open(file, (ExcelFormat) format));
    }

    private static RowCursor open(SourceFile file, ExcelFormat format) {
        return PackedFile.open(file, format.compression(), plain -> {
            ExcelTable table = ExcelTable.locate(() -> sheet(plain, format), format);
            return table.rows(sheet(plain, format));
        });
    }

    private static ExcelSheet sheet(SourceFile file, ExcelFormat format) {
        SheetChoice choice = new SheetChoice(file.name(), format.sheetName(), format.sheetIndex());
        try {
            return isXls(file) ? XlsSheet.open(file.path(), choice) : XlsxSheet.open(file.path(), choice);
        } catch (LazuliException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw failure(CommonError.NOT_FOUND, "%s does not exist", file.name(), e);
        } catch (IOException | RuntimeException e) {
            // Both libraries throw runtime exceptions of many kinds for files that are no workbooks.
            throw failure(AlgebraError.MALFORMED_DATA, "%s is not a readable Excel workbook: %s", file.name(), e.getMessage(), e);
        }
    }

    private static boolean isXls(SourceFile file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file.path())) {
            byte[] start = bytes.readNBytes(8);
            return start.length == 8 && ReadableWorkbook.isOLE2Header(start);
        }
    }
}
