package io.lazuli.engine.duckdb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.ExcelFormat;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Schema;
import io.lazuli.files.Archives;
import io.lazuli.files.Compressions;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcelReaderTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"orders.xlsx", "orders.xls"})
    void showsValuesAsText(String name) throws IOException {
        SourceFile file = write(name, (workbook, sheet) -> {
            row(sheet, 0, "text", "number", "date", "time", "truth", "formula", "error");
            Row row = row(sheet, 1, " größe ", 0.1 + 0.2, null, null, true);
            date(workbook, row, 2, LocalDateTime.of(2024, 2, 29, 13, 5, 6), "d/m/yy h:mm");
            time(workbook, row, 3, 0.5, "h:mm:ss");
            row.createCell(5).setCellFormula("1000000000000*2");
            row.createCell(6).setCellFormula("1/0");
            workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
        });
        assertThat(read(file, format("Orders", null, null, true))).containsExactly(
            List.of(" größe ", "0.3", "2024-02-29 13:05:06", "12:00:00", "True", "2000000000000", "#DIV/0!"));
    }

    @Test
    void beginsAtTheFirstCellWithAValueAndLeavesOutEmptyRows() throws IOException {
        SourceFile file = write("orders.xlsx", (workbook, sheet) -> {
            row(sheet, 3, null, null, "id", null, "name");
            row(sheet, 4, null, null, 1.0, "extra", "x");
            sheet.createRow(5).createCell(2);
            row(sheet, 7, null, null, 2.0);
        });
        assertThat(describe(file, format(null, 0, null, true)).names()).containsExactly("id", "Prop_1", "name");
        assertThat(read(file, format(null, 0, null, true))).containsExactly(List.of("1", "extra", "x"), Arrays.asList("2", null, null));
        assertThat(read(file, format(null, 0, null, false))).hasSize(3).contains(Arrays.asList("2", null, null));
    }

    @Test
    void readsRanges() throws IOException {
        SourceFile file = write("orders.xlsx", (workbook, sheet) -> {
            row(sheet, 0, "title");
            row(sheet, 2, "a", "b", "c");
            row(sheet, 3, 1.0, 2.0, 3.0);
            row(sheet, 4, 4.0, 5.0, 6.0);
        });
        assertThat(read(file, format(null, 0, "B3", true))).containsExactly(List.of("2", "3"), List.of("5", "6"));
        assertThat(read(file, format(null, 0, "A4:B6", false)))
            .containsExactly(List.of("1", "2"), List.of("4", "5"), Arrays.asList(null, null));
        assertThat(read(file, format(null, 0, "A1:A1", false))).containsExactly(List.of("title"));
        assertThatThrownBy(() -> read(file, format(null, 0, "3A", false)))
            .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(CommonError.INVALID_ARGUMENT))
            .hasMessageContaining("'3A'");
    }

    @Test
    void takesTheNullValueAsNull() throws IOException {
        SourceFile file = write("orders.xlsx", (workbook, sheet) -> {
            row(sheet, 0, "a", "b");
            row(sheet, 1, "n/a", "x");
        });
        ExcelFormat format = new ExcelFormat("Orders", null, null, true, "n/a", Compression.NONE);
        assertThat(read(file, format)).containsExactly(Arrays.asList(null, "x"));
    }

    @Test
    void readsWorkbooksWithinAnArchive() throws IOException {
        SourceFile file = write("orders.xlsx", (workbook, sheet) -> {
            row(sheet, 0, "a");
            row(sheet, 1, "x");
        });
        Path zip = folder.resolve("orders.zip");
        Archives.create(zip, Compression.ZIP, Compressions.Level.OPTIMAL,
            List.of(new Archives.Entry("1.xlsx", file.path()), new Archives.Entry("2.xlsx", file.path())));
        ExcelFormat format = new ExcelFormat("Orders", null, null, true, "", Compression.ZIP);
        assertThat(read(new SourceFile(zip, "orders.zip"), format)).containsExactly(List.of("x"), List.of("x"));
    }

    @Test
    void namesTheSheetsWhenTheOneWantedIsMissing() throws IOException {
        SourceFile file = write("orders.xlsx", (workbook, sheet) -> row(sheet, 0, "a"));
        assertThatThrownBy(() -> read(file, format("Ordres", null, null, true)))
            .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(CommonError.NOT_FOUND))
            .hasMessageContaining("in/orders.xlsx").hasMessageContaining("did you mean 'Orders'?");
        assertThatThrownBy(() -> read(file, format(null, 3, null, true))).hasMessageContaining("index 3");
    }

    @Test
    void failsOnAFileThatIsNoWorkbook() throws IOException {
        SourceFile file = new SourceFile(Files.writeString(folder.resolve("no.xlsx"), "a,b\n1,2\n"), "in/no.xlsx");
        assertThatThrownBy(() -> read(file, format(null, 0, null, true)))
            .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(AlgebraError.MALFORMED_DATA))
            .hasMessageContaining("in/no.xlsx");
    }

    private interface Filling {
        void fill(Workbook workbook, Sheet sheet);
    }

    private SourceFile write(String name, Filling filling) throws IOException {
        Path file = folder.resolve(name);
        try (Workbook workbook = name.endsWith(".xls") ? new HSSFWorkbook() : new XSSFWorkbook();
             OutputStream bytes = Files.newOutputStream(file)) {
            filling.fill(workbook, workbook.createSheet("Orders"));
            workbook.write(bytes);
        }
        return new SourceFile(file, "in/" + name);
    }

    private static Row row(Sheet sheet, int number, Object... values) {
        Row row = sheet.createRow(number);
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case null -> { }
                case Double value -> row.createCell(i).setCellValue(value);
                case Boolean value -> row.createCell(i).setCellValue(value);
                case Object value -> row.createCell(i).setCellValue(value.toString());
            }
        }
        return row;
    }

    private static void date(Workbook workbook, Row row, int column, LocalDateTime value, String format) {
        style(workbook, row.createCell(column), format).setCellValue(value);
    }

    private static void time(Workbook workbook, Row row, int column, double value, String format) {
        style(workbook, row.createCell(column), format).setCellValue(value);
    }

    private static Cell style(Workbook workbook, Cell cell, String format) {
        CellStyle style = workbook.createCellStyle();
        style.setDataFormat(workbook.createDataFormat().getFormat(format));
        cell.setCellStyle(style);
        return cell;
    }

    private static ExcelFormat format(String sheet, Integer index, String range, boolean header) {
        return new ExcelFormat(sheet, index, range, header, "", Compression.NONE);
    }

    private static Schema describe(SourceFile file, ExcelFormat format) {
        return new ExcelReader().describe(List.of(file), format);
    }

    private static List<List<Object>> read(SourceFile file, ExcelFormat format) {
        return ListRows.of(new ExcelReader().rows(List.of(file), format, describe(file, format), Optional.empty()));
    }
}
