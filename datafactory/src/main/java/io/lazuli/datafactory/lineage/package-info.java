/** Which columns of which datasets pipelines and data flows make from which. */
package io.lazuli.datafactory.lineage;
