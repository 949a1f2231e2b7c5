/** Files that other programs write and delete in the lake's folders. */
package io.lazuli.storage.watch;
