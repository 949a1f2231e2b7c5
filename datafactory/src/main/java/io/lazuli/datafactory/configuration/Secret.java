package io.lazuli.datafactory.configuration;

/** A text that is never shown: it prints as {@code ***}. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
