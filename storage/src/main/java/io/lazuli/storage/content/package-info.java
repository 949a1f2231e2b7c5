/** Containers and blobs on top of the lake's files: what operations of all endpoints do, with its durability. */
package io.lazuli.storage.content;
