/** Delta tables: their log by Delta Kernel, their data by the engine. */
package io.lazuli.datafactory.connector.delta;
