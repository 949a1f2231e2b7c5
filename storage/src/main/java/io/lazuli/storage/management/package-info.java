/** The few operations of Azure's resource manager on storage that data depends on. */
package io.lazuli.storage.management;
