/** From the transformations of data flows to plans of the algebra. */
package io.lazuli.languages.dataflow.transform;
