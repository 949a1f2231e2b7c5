/** The expression language of Data Factory and Synapse pipelines. */
package io.lazuli.languages.pipeline;
