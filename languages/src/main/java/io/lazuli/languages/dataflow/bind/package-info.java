/** Gives the names and types of an expression their meaning: a parsed expression becomes one of the algebra. */
package io.lazuli.languages.dataflow.bind;
