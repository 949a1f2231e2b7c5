/** The text of data flow scripts and expressions: tokens, the tree of an expression, and its parser. */
package io.lazuli.languages.dataflow.syntax;
