/** Lifecycle management: tiering and deletion of blobs by rules. */
package io.lazuli.storage.lifecycle;
