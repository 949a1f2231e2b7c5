/**
 * The functions of data flow expressions: for each its signature and how it becomes canonical operators of the algebra.
 *
 * <p>One file a category, one entry a function; {@link io.lazuli.languages.dataflow.function.FunctionTable} lists the categories. An
 * operator that is missing goes to {@code io.lazuli.algebra.operator} with a rendering in the engines, or, where an engine has no form of
 * its own, to {@code io.lazuli.operators} as Java code that every engine calls.
 */
package io.lazuli.languages.dataflow.function;
