package io.lazuli.engine.duckdb.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.apache.poi.ss.usermodel.DateUtil;

/**
 * A cell's value as text. Numbers have the 15 digits that Excel keeps, no exponent and no formatting; a number that is formatted as date
 * or time is {@code yyyy-MM-dd HH:mm:ss} with milliseconds only if it has some, a time of day alone {@code HH:mm:ss}.
 */
final class ExcelText {
    private static final MathContext DIGITS = new MathContext(15);
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(".SSS");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private ExcelText() {
    }

    static String ofNumber(BigDecimal number, Integer formatIndex, String format, boolean from1904) {
        boolean date = format != null && DateUtil.isADateFormat(formatIndex == null ? -1 : formatIndex, format)
            && DateUtil.isValidExcelDate(number.doubleValue());
        return date ? ofDate(number.doubleValue(), from1904) : plain(number);
    }

    private static String plain(BigDecimal number) {
        BigDecimal rounded = number.round(DIGITS).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    private static String ofDate(double days, boolean from1904) {
        LocalDateTime date = DateUtil.getLocalDateTime(days, from1904, false).plus(500, ChronoUnit.MICROS).truncatedTo(ChronoUnit.MILLIS);
        LocalTime time = date.toLocalTime();
        String milliseconds = time.getNano() == 0 ? "" : MILLISECONDS.format(time);
        boolean timeAlone = days < 1 && date.toLocalDate().isBefore(LocalDate.of(1905, 1, 1));
        return (timeAlone ? TIME.format(time) : DATE_TIME.format(date)) + milliseconds;
    }

    static String ofBoolean(boolean value) {
        return value ? "True" : "False";
    }
}
