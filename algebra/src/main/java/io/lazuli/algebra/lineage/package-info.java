/** Where the columns of a plan come from. */
package io.lazuli.algebra.lineage;
