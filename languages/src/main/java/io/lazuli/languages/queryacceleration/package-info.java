/** The SQL of query acceleration: one SELECT over the content of a blob, text to plan. */
package io.lazuli.languages.queryacceleration;
