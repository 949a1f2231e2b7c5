/** Plans as JSON and back: each kind of plan, expression, source, format and type has one form; what is read equals what was written. */
package io.lazuli.algebra.json;
