package io.lazuli.languages.pipeline;

import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.Place;

/** A mistake found in an expression without evaluating it; the place has line and column within its text. */
public record Finding(ErrorCode code, Place place, String message) {
}
