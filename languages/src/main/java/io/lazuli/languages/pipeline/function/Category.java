package io.lazuli.languages.pipeline.function;

/** The groups in which the documentation presents the functions. */
public enum Category {
    STRING, COLLECTION, LOGICAL, CONVERSION, MATH, DATE, SYSTEM
}
