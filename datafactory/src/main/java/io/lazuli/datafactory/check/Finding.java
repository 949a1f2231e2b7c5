package io.lazuli.datafactory.check;

import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.Place;

/**
 * Something that a check found.
 *
 * @param place file and JSON path; line and column are those within an expression's text, when it is one
 */
public record Finding(Severity severity, ErrorCode code, Place place, String message) {
}
