/** What the file system has no place for: properties, metadata, leases; durable before it is acknowledged. */
package io.lazuli.storage.metadata;
