/** The operations of the Data Lake Storage endpoint: file systems, directories, files, access lists. */
package io.lazuli.storage.dfs;
