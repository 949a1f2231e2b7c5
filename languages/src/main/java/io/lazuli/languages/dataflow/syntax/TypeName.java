package io.lazuli.languages.dataflow.syntax;

import io.lazuli.foundation.Place;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A type as scripts write it. */
public sealed interface TypeName {
    /** The names of the types without parts. */
    List<String> SCALARS = List.of("string", "boolean", "byte", "short", "integer", "long", "float", "double", "decimal", "date",
        "timestamp", "binary", "any", "null");

    /** {@code string}, {@code decimal(10,2)}; precision and scale are -1 where not written. */
    record Scalar(String name, int precision, int scale) implements TypeName {
        @Override
        public String toString() {
            return precision < 0 ? name : scale < 0 ? name + "(" + precision + ")" : name + "(" + precision + "," + scale + ")";
        }
    }

    /** {@code string[]}. */
    record Array(TypeName element) implements TypeName {
        @Override
        public String toString() {
            return element + "[]";
        }
    }

    /** {@code [string,integer]}. */
    record Map(TypeName key, TypeName value) implements TypeName {
        @Override
        public String toString() {
            return "[" + key + "," + value + "]";
        }
    }

    /** {@code (name as string, tags as string[])}. */
    record Structure(List<Member> members) implements TypeName {
        public Structure {
            members = List.copyOf(members);
        }

        @Override
        public String toString() {
            return members.stream().map(Member::toString).collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /**
     * {@code released as date 'M/d/yyyy'}: a named part of a structure, or a column that a transformation declares.
     *
     * @param format the text after the type, for dates, timestamps and numbers read from text
     */
    record Member(String name, TypeName type, Optional<String> format, Place at) {
        @Override
        public String toString() {
            return name + " as " + type + format.map(text -> " '" + text + "'").orElse("");
        }
    }
}
