package io.lazuli.datafactory.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import org.junit.jupiter.api.Test;

class JsonPathTest {
    @Test
    void readsBracketsAndDotsAlike() {
        assertThat(path("$['a']['b c'][0]")).isEqualTo(path("$.a.b c[0]")).hasToString("$['a']['b c'][0]");
        assertThat(path("$[\"a\"].b").toString()).isEqualTo("$['a']['b']");
    }

    @Test
    void pathWithoutDollarStartsAtTheElement() {
        assertThat(path("['prod']").absolute()).isFalse();
        assertThat(path("prod.name")).isEqualTo(path("['prod']['name']"));
        assertThat(path("$").steps()).isEmpty();
    }

    @Test
    void quotesInNamesAreEscaped() {
        assertThat(path("$['it\\'s']").steps()).containsExactly(new JsonPath.Member("it's"));
        assertThat(path("$['it\\'s']")).hasToString("$['it\\'s']");
    }

    @Test
    void pathThroughTheCollectionIsRelativeToItsElement() {
        assertThat(path("$['orders'][*]['prod']").relativeTo(path("$.orders"))).isEqualTo(path("['prod']"));
        assertThat(path("$['number']").relativeTo(path("$.orders"))).isEqualTo(path("$['number']"));
        assertThat(path("$['orders'][*]").collection()).isEqualTo(path("$.orders"));
    }

    @Test
    void refusesTextThatIsNoPathWithItsColumn() {
        assertThatThrownBy(() -> path("$['a'")).isInstanceOfSatisfying(LazuliException.class, failure -> {
            assertThat(failure.code()).isEqualTo(CommonError.SYNTAX_ERROR);
            assertThat(failure).hasMessageContaining("$['a'").hasMessageContaining("column");
        });
        assertThatThrownBy(() -> path("$[x]")).hasMessageContaining("a number");
        assertThatThrownBy(() -> path("$..a")).hasMessageContaining("a name");
    }

    private static JsonPath path(String text) {
        return JsonPath.parse(text, Place.UNKNOWN);
    }
}
