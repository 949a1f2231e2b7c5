package io.lazuli.engine.duckdb.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Sheet;

/** A sheet of an {@code .xlsx} file, read as a stream: memory holds the workbook's shared texts and one row. */
final class XlsxSheet implements ExcelSheet {
    private final ReadableWorkbook workbook;
    private final Stream<org.dhatim.fastexcel.reader.Row> rows;

    private XlsxSheet(ReadableWorkbook workbook, Sheet sheet) throws IOException {
        this.workbook = workbook;
        this.rows = sheet.openStream();
    }

    static XlsxSheet open(java.nio.file.Path file, SheetChoice choice) throws IOException {
        ReadableWorkbook workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
        try {
            List<Sheet> sheets = workbook.getSheets().toList();
            return new XlsxSheet(workbook, sheets.get(choice.index(sheets.stream().map(Sheet::getName).toList())));
        } catch (IOException | RuntimeException e) {
            workbook.close();
            throw e;
        }
    }

    @Override
    public Iterator<Row> rows() {
        return rows.map(this::row).iterator();
    }

    private Row row(org.dhatim.fastexcel.reader.Row row) {
        Map<Integer, String> texts = new TreeMap<>();
        for (Cell cell : row) {
            String text = cell == null ? null : text(cell);
            if (text != null && !text.isEmpty()) {
                texts.put(cell.getColumnIndex(), text);
            }
        }
        return new Row(row.getRowNum() - 1, texts);
    }

    private String text(Cell cell) {
        return switch (cell.getValue()) {
            case null -> cell.getRawValue();
            case BigDecimal number -> ExcelText.ofNumber(number, cell.getDataFormatId(), cell.getDataFormatString(), workbook.isDate1904());
            case Boolean bool -> ExcelText.ofBoolean(bool);
            case Object other -> other.toString();
        };
    }

    @Override
    public void close() {
        rows.close();
        try {
            workbook.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
