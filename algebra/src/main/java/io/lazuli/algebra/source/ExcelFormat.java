package io.lazuli.algebra.source;

/**
 * A worksheet of an {@code .xlsx} or {@code .xls} file; read only, as in Azure. All columns are read as strings.
 *
 * @param sheetName null when the sheet is given by {@code sheetIndex}, from 0
 * @param range such as {@code A3:H10} or {@code A3} (from there to the last cell); null for the whole sheet
 */
public record ExcelFormat(String sheetName, Integer sheetIndex, String range, boolean header, String nullValue, Compression compression)
    implements FileFormat {
}
