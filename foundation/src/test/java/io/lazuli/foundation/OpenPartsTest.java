package io.lazuli.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenPartsTest {
    @Test
    void closesAllInReverseWhateverFails() {
        List<String> closed = new ArrayList<>();
        OpenParts parts = new OpenParts();
        Error error = new StackOverflowError("second");
        IllegalStateException exception = new IllegalStateException("third");
        parts.add("first", closed::add);
        parts.add("second", _ -> {
            throw error;
        });
        parts.add("third", _ -> {
            throw exception;
        });
        parts.add("fourth", closed::add);
        assertThatThrownBy(parts::close).isSameAs(exception).hasSuppressedException(error);
        assertThat(closed).containsExactly("fourth", "first");
        parts.close();
        assertThat(closed).hasSize(2);
    }

    @Test
    void anErrorOfOnePartIsThrownOnceTheOthersAreClosed() {
        List<String> closed = new ArrayList<>();
        OpenParts parts = new OpenParts();
        Error error = new StackOverflowError("second");
        parts.add("first", closed::add);
        parts.add("second", _ -> {
            throw error;
        });
        assertThatThrownBy(parts::close).isSameAs(error);
        assertThat(closed).containsExactly("first");
    }
}
