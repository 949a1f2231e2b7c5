/** Mapping data flows: their definitions, their sources and sinks, and how they run. */
package io.lazuli.datafactory.dataflow;
