package io.lazuli.languages.tsql.syntax;

import io.lazuli.foundation.Place;
import java.util.List;

/** A type as written: {@code decimal(10,2)}, {@code nvarchar(max)}; arguments are numbers or {@code max}. */
public record TypeName(String name, List<String> arguments, Place at) {
    @Override
    public String toString() {
        return arguments.isEmpty() ? name : name + "(" + String.join(",", arguments) + ")";
    }
}
