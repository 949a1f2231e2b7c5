package io.lazuli.storage.metadata;

/** What kind of blob a file is; its name is what Azure's headers say. */
public enum BlobKind {
    BlockBlob, AppendBlob, PageBlob
}
