/** The log of requests, as rows of Azure Monitor's table {@code StorageBlobLogs}. */
package io.lazuli.storage.log;
