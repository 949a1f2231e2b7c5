package io.lazuli.engine.duckdb.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaError;

/** A sheet of an {@code .xls} file, which has 65,536 rows at most and is read whole. */
final class XlsSheet implements ExcelSheet {
    private final HSSFWorkbook workbook;
    private final HSSFSheet sheet;

    private XlsSheet(HSSFWorkbook workbook, HSSFSheet sheet) {
        this.workbook = workbook;
        this.sheet = sheet;
    }

    static XlsSheet open(java.nio.file.Path file, SheetChoice choice) throws IOException {
        HSSFWorkbook workbook = new HSSFWorkbook(new POIFSFileSystem(file.toFile(), true));
        try {
            int index = choice.index(IntStream.range(0, workbook.getNumberOfSheets()).mapToObj(workbook::getSheetName).toList());
            return new XlsSheet(workbook, workbook.getSheetAt(index));
        } catch (RuntimeException e) {
            workbook.close();
            throw e;
        }
    }

    @Override
    public Iterator<Row> rows() {
        return StreamSupport.stream(sheet.spliterator(), false).map(this::row).iterator();
    }

    private Row row(org.apache.poi.ss.usermodel.Row row) {
        Map<Integer, String> texts = new TreeMap<>();
        for (Cell cell : row) {
            String text = text(cell);
            if (!text.isEmpty()) {
                texts.put(cell.getColumnIndex(), text);
            }
        }
        return new Row(row.getRowNum(), texts);
    }

    private String text(Cell cell) {
        CellType type = cell.getCellType() == CellType.FORMULA ? cell.getCachedFormulaResultType() : cell.getCellType();
        return switch (type) {
            case NUMERIC -> ExcelText.ofNumber(BigDecimal.valueOf(cell.getNumericCellValue()), (int) cell.getCellStyle().getDataFormat(),
                cell.getCellStyle().getDataFormatString(), workbook.getInternalWorkbook().isUsing1904DateWindowing());
            case STRING -> cell.getStringCellValue();
            case BOOLEAN -> ExcelText.ofBoolean(cell.getBooleanCellValue());
            case ERROR -> FormulaError.forInt(cell.getErrorCellValue()).getString();
            case BLANK, FORMULA, _NONE -> "";
        };
    }

    @Override
    public void close() {
        try {
            workbook.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
