package io.lazuli.storage.event;

import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happened to a blob or directory, as Azure Event Grid tells it.
 *
 * @param topic the storage account's resource identifier
 * @param subject {@code /blobServices/default/containers/CONTAINER/blobs/PATH}
 * @param data as the type has it; not changed by anyone
 */
public record StorageEvent(
        String id, String topic, String subject, String eventType, Instant eventTime, ObjectNode data, String dataVersion) {
    /** The event in Event Grid's own schema. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
            .put("topic", topic).put("subject", subject).put("eventType", eventType).put("id", id);
        json.set("data", data);
        return json.put("dataVersion", dataVersion).put("metadataVersion", "1").put("eventTime", eventTime.toString());
    }

    /** The name of the storage account. */
    public String account() {
        return topic.substring(topic.lastIndexOf('/') + 1);
    }
}
