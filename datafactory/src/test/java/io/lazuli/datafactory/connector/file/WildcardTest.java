package io.lazuli.datafactory.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
    @ParameterizedTest
    @CsvSource({
        "*.csv, orders.csv, true", "*.csv, .csv, true", "*.csv, orders.CSV, false", "a?c, abc, true", "a?c, ac, true", "a?c, abbc, false",
        "a^*b, a*b, true", "a^*b, axb, false", "a^^b, a^b, true", "a^, a^, true", "*, a/b, false", "a.b, axb, false",
        "orders_[1].csv, orders_[1].csv, true", "**, anything, true"})
    void matchesNames(String pattern, String name, boolean expected) {
        assertThat(new Wildcard(pattern).matches(name)).isEqualTo(expected);
    }

    @Test
    void knowsWhichTextsArePatterns() {
        assertThat(Wildcard.isPattern("a*")).isTrue();
        assertThat(Wildcard.isPattern("a^*")).isFalse();
        assertThat(Wildcard.isPattern("a^^?")).isTrue();
        assertThat(Wildcard.plain("a^*^^b")).isEqualTo("a*^b");
    }

    /** Compared with the definition, spelled out: each pattern character against the rest of the name. */
    @Test
    void agreesWithTheDefinitionOnAnyPatternAndName() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String pattern = text(random, "ab*?^/.");
            String name = text(random, "ab*?^/.");
            assertThat(new Wildcard(pattern).matches(name)).as("%s on %s", pattern, name).isEqualTo(matches(pattern, name));
        }
    }

    @Test
    void matchesEveryNameWhoseCharactersAreEscaped() {
        Random random = new Random(2);
        for (int i = 0; i < 2_000; i++) {
            String name = text(random, "ab*?^.[\\E$");
            String pattern = name.replaceAll("(?s)(.)", "^$1");
            assertThat(new Wildcard(pattern).matches(name)).as(name).isTrue();
            assertThat(Wildcard.isPattern(pattern)).isFalse();
            assertThat(Wildcard.plain(pattern)).isEqualTo(name);
        }
    }

    private static String text(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(7);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static boolean matches(String pattern, String name) {
        if (pattern.isEmpty()) {
            return name.isEmpty();
        }
        char first = pattern.charAt(0);
        boolean some = !name.isEmpty() && name.charAt(0) != '/';
        if (first == '*') {
            return matches(pattern.substring(1), name) || some && matches(pattern, name.substring(1));
        }
        if (first == '?') {
            return matches(pattern.substring(1), name) || some && matches(pattern.substring(1), name.substring(1));
        }
        boolean escape = first == '^' && pattern.length() > 1;
        char plain = escape ? pattern.charAt(1) : first;
        return !name.isEmpty() && name.charAt(0) == plain && matches(pattern.substring(escape ? 2 : 1), name.substring(1));
    }
}
