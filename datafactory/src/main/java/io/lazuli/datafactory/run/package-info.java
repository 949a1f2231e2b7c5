/**
 * Running pipelines: the graph of activities, the journal that makes runs durable, and what can be known of runs afterwards.
 *
 * <p>{@link io.lazuli.datafactory.run.PipelineRunner} is where to begin.
 */
package io.lazuli.datafactory.run;
