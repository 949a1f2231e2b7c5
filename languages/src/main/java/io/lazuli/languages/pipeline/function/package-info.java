/** The functions of the pipeline expression language: what each takes, gives and means. */
package io.lazuli.languages.pipeline.function;
