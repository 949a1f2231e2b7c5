package io.lazuli.datafactory.trigger;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * When a schedule trigger fires: from {@code start} every {@code interval} minutes, hours, days, weeks or months, at the times that the
 * schedule names within each. What the schedule does not name comes from the start.
 *
 * @param end the last moment, null for none
 * @param monthDays from 1, from the month's end below 0
 */
record Recurrence(
    Frequency frequency, int interval, ZonedDateTime start, Instant end, List<Integer> minutes, List<Integer> hours,
    List<DayOfWeek> weekDays, List<Integer> monthDays, List<MonthlyOccurrence> monthlyOccurrences) {
    /** The unit of the interval. */
    enum Frequency { MINUTE, HOUR, DAY, WEEK, MONTH, YEAR }

    /** The {@code occurrence}th such day of a month, from its end below 0; every such day when it is 0. */
    record MonthlyOccurrence(DayOfWeek day, int occurrence) {
    }

    /** How many periods without any fire time are looked through, such as months without a 31st. */
    private static final int MOST_EMPTY = 1500;

    /** The first time after {@code moment}, empty when there is none before the end. */
    Optional<Instant> next(Instant moment) {
        long period = Math.max(0, period(moment) - 1);
        for (int i = 0; i < MOST_EMPTY; i++) {
            Optional<Instant> found = times(period + i).stream().filter(time -> time.isAfter(moment)).findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The last time before {@code moment}, empty when there is none since the start. */
    Optional<Instant> previous(Instant moment) {
        for (long period = period(moment) + 1; period >= Math.max(0, period(moment) - MOST_EMPTY); period--) {
            Optional<Instant> found = times(period).reversed().stream().filter(time -> time.isBefore(moment)).findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    boolean firesAt(Instant moment) {
        return next(moment.minusNanos(1)).filter(moment::equals).isPresent();
    }

    /** The number of the period that the moment falls in, counted from the start. */
    private long period(Instant moment) {
        ZonedDateTime then = moment.atZone(start.getZone());
        long units = switch (frequency) {
            case MINUTE -> ChronoUnit.MINUTES.between(start, then);
            case HOUR -> ChronoUnit.HOURS.between(start, then);
            case DAY -> ChronoUnit.DAYS.between(start.toLocalDate(), then.toLocalDate());
            case WEEK -> ChronoUnit.WEEKS.between(weekOf(start.toLocalDate()), then.toLocalDate());
            case MONTH -> ChronoUnit.MONTHS.between(start.toLocalDate().withDayOfMonth(1), then.toLocalDate());
            case YEAR -> ChronoUnit.YEARS.between(start.toLocalDate().withDayOfYear(1), then.toLocalDate());
        };
        return Math.floorDiv(units, interval);
    }

    private static LocalDate weekOf(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
    }

    /** The fire times of a period, in order. */
    private List<Instant> times(long period) {
        long units = period * interval;
        Stream<ZonedDateTime> candidates = switch (frequency) {
            case MINUTE -> Stream.of(start.plusMinutes(units));
            case HOUR -> minutesOf(start.plusHours(units)).stream();
            case DAY -> onDays(List.of(start.toLocalDate().plusDays(units)));
            case WEEK -> onDays(daysOfWeek(weekOf(start.toLocalDate()).plusWeeks(units)));
            case MONTH -> onDays(daysOfMonth(start.toLocalDate().withDayOfMonth(1).plusMonths(units)));
            case YEAR -> onDays(List.of(start.toLocalDate().plusYears(units)));
        };
        return candidates.map(ZonedDateTime::toInstant)
            .filter(time -> !time.isBefore(start.toInstant()) && (end == null || !time.isAfter(end)))
            .distinct().sorted().toList();
    }

    private List<ZonedDateTime> minutesOf(ZonedDateTime hour) {
        return minutes.isEmpty() ? List.of(hour) : minutes.stream().map(hour::withMinute).toList();
    }

    private List<LocalDate> daysOfWeek(LocalDate sunday) {
        List<DayOfWeek> days = weekDays.isEmpty() ? List.of(start.getDayOfWeek()) : weekDays;
        return days.stream().map(day -> sunday.with(TemporalAdjusters.nextOrSame(day))).toList();
    }

    private List<LocalDate> daysOfMonth(LocalDate first) {
        TreeSet<LocalDate> days = new TreeSet<>();
        int length = first.lengthOfMonth();
        monthDays.stream().map(day -> day < 0 ? length + 1 + day : day).filter(day -> day >= 1 && day <= length)
            .forEach(day -> days.add(first.withDayOfMonth(day)));
        for (MonthlyOccurrence wanted : monthlyOccurrences) {
            for (LocalDate day = first; day.getMonth() == first.getMonth(); day = day.plusDays(1)) {
                LocalDate counted = wanted.occurrence() == 0 ? day
                    : first.with(TemporalAdjusters.dayOfWeekInMonth(wanted.occurrence(), wanted.day()));
                if (day.getDayOfWeek() == wanted.day() && counted.equals(day)) {
                    days.add(day);
                }
            }
        }
        if (monthDays.isEmpty() && monthlyOccurrences.isEmpty() && start.getDayOfMonth() <= length) {
            days.add(first.withDayOfMonth(start.getDayOfMonth()));
        }
        return List.copyOf(days);
    }

    private Stream<ZonedDateTime> onDays(List<LocalDate> days) {
        ZoneId zone = start.getZone();
        List<LocalTime> times = new ArrayList<>();
        for (int hour : hours.isEmpty() ? List.of(start.getHour()) : hours) {
            for (int minute : minutes.isEmpty() ? List.of(start.getMinute()) : minutes) {
                times.add(LocalTime.of(hour, minute, minutes.isEmpty() ? start.getSecond() : 0));
            }
        }
        return days.stream().flatMap(day -> times.stream().map(time -> ZonedDateTime.of(LocalDateTime.of(day, time), zone)));
    }
}
