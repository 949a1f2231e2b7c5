package io.lazuli.datafactory.connector.delta;

import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.util.VectorUtils;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The lines of a table's log, as the protocol of Delta describes its actions. */
final class LogEntry {
    private LogEntry() {
    }

    private static ObjectNode action(ObjectNode lines, String name) {
        return lines.putObject(name);
    }

    private static ObjectNode line() {
        return JsonMapper.shared().createObjectNode();
    }

    static ObjectNode protocol(Protocol protocol) {
        ObjectNode line = line();
        ObjectNode action = action(line, "protocol").put("minReaderVersion", protocol.getMinReaderVersion())
            .put("minWriterVersion", protocol.getMinWriterVersion());
        if (!protocol.getReaderFeatures().isEmpty()) {
            texts(action.putArray("readerFeatures"), protocol.getReaderFeatures().stream().sorted().toList());
        }
        if (!protocol.getWriterFeatures().isEmpty()) {
            texts(action.putArray("writerFeatures"), protocol.getWriterFeatures().stream().sorted().toList());
        }
        return line;
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    static ObjectNode metadata(Metadata metadata) {
        ObjectNode line = line();
        ObjectNode action = action(line, "metaData").put("id", metadata.getId()).put("name", metadata.getName().orElse(null))
            .put("description", metadata.getDescription().orElse(null));
        ObjectNode format = action.putObject("format").put("provider", metadata.getFormat().getProvider());
        format.set("options", object(metadata.getFormat().getOptions()));
        action.put("schemaString", metadata.getSchemaString());
        texts(action.putArray("partitionColumns"), VectorUtils.toJavaList(metadata.getPartitionColumns()));
        action.set("configuration", object(metadata.getConfiguration()));
        metadata.getCreatedTime().ifPresent(time -> action.put("createdTime", time));
        return line;
    }

    private static ObjectNode object(Map<String, String> values) {
        ObjectNode object = line();
        values.forEach(object::put);
        return object;
    }

    static ObjectNode add(DataFiles.Written file, long now, boolean dataChange) {
        ObjectNode line = line();
        ObjectNode action = action(line, "add").put("path", encoded(file.path()));
        action.set("partitionValues", object(file.partitionValues()));
        action.put("size", file.bytes()).put("modificationTime", now).put("dataChange", dataChange).put("stats", file.statistics());
        return line;
    }

    /** Paths in the log are encoded as in URIs. */
    private static String encoded(String path) {
        try {
            return new java.net.URI(null, null, path, null).getRawPath();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode remove(DeltaFile file, long now, boolean dataChange) {
        ObjectNode line = line();
        ObjectNode action = action(line, "remove").put("path", file.add().getPath()).put("deletionTimestamp", now)
            .put("dataChange", dataChange).put("extendedFileMetadata", true);
        action.set("partitionValues", object(file.partitionValues()));
        action.put("size", file.add().getSize());
        file.add().getTags().ifPresent(tags -> action.set("tags", object(VectorUtils.toJavaMap(tags))));
        file.deletionVector().ifPresent(vector -> {
            ObjectNode json = action.putObject("deletionVector").put("storageType", vector.getStorageType())
                .put("pathOrInlineDv", vector.getPathOrInlineDv());
            vector.getOffset().ifPresent(offset -> json.put("offset", offset));
            json.put("sizeInBytes", vector.getSizeInBytes()).put("cardinality", vector.getCardinality());
        });
        return line;
    }

    static ObjectNode commitInfo(JsonNode info) {
        ObjectNode line = line();
        line.set("commitInfo", info);
        return line;
    }
}
