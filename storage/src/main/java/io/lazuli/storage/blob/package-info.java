/** The operations of the Blob endpoint. */
package io.lazuli.storage.blob;
