package io.lazuli.datafactory.copy.mapping;

import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The forms of dates, other than ISO 8601, that a culture's people write and .NET reads without being told a format. */
final class CultureDates {
    private CultureDates() {
    }

    /** The patterns to try in this order. */
    static List<String> patterns(Locale culture) {
        List<String> patterns = new ArrayList<>();
        for (String day : days(culture)) {
            for (String time : List.of("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%n", " %I:%M %p", " %I:%M:%S %p", " %I:%M:%S.%n %p")) {
                patterns.add(day + time);
            }
        }
        patterns.addAll(List.of("%Y%m%dT%H%M%S", "%a, %d %b %Y %H:%M:%S GMT"));
        return patterns;
    }

    private static List<String> days(Locale culture) {
        boolean dayFirst = dayFirst(culture);
        List<String> days = new ArrayList<>();
        for (String separator : List.of("/", "-", ".")) {
            days.add(dayFirst ? "%d" + separator + "%m" + separator + "%Y" : "%m" + separator + "%d" + separator + "%Y");
            days.add(dayFirst ? "%d" + separator + "%m" + separator + "%y" : "%m" + separator + "%d" + separator + "%y");
        }
        days.addAll(List.of("%Y/%m/%d", "%Y.%m.%d", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y",
            "%A, %B %d, %Y", "%a, %d %b %Y"));
        return days;
    }

    private static boolean dayFirst(Locale culture) {
        String pattern = DateTimeFormatterBuilder.getLocalizedDateTimePattern(FormatStyle.SHORT, null, IsoChronology.INSTANCE, culture);
        return pattern.indexOf('d') < pattern.indexOf('M');
    }
}
