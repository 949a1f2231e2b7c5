package io.lazuli.datafactory.activity.file;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A file, folder or table whose metadata is asked for. */
interface ItemMetadata {
    boolean exists();

    /**
     * The value of one of {@link GetMetadataActivity#FIELDS}, empty when items of this kind do not have it.
     *
     * @throws io.lazuli.foundation.LazuliException when the item is not there, or the field cannot be asked of it
     */
    Optional<JsonNode> field(String name);
}
