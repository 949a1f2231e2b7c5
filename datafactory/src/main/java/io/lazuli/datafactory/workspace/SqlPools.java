package io.lazuli.datafactory.workspace;

import io.lazuli.foundation.Place;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The SQL pools of a Synapse workspace that artifacts name directly: {@code "sqlPool": {"referenceName": …, "type": "SqlPoolReference"}}
 * stands in their datasets and activities where others have {@code linkedServiceName}. Each is given a linked service of its name.
 */
final class SqlPools {
    private final Map<String, Place> pools = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Lets what names a pool in an artifact have it for its linked service. */
    void rewrite(JsonNode json, Place place) {
        if (json instanceof ObjectNode object) {
            JsonNode pool = object.path("sqlPool");
            String name = pool.path("referenceName").asString("");
            if (!name.isEmpty() && !object.hasNonNull("linkedServiceName")) {
                object.set("linkedServiceName", pool);
                pools.putIfAbsent(name, place.member("sqlPool"));
            }
            object.properties().forEach(member -> rewrite(member.getValue(), place.member(member.getKey())));
        } else if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                rewrite(json.get(i), place.element(i));
            }
        }
    }

    /** Adds the pools to the linked services that have no such name: databases of the workspace's own server. */
    void addTo(Map<String, LinkedService> linkedServices, String workspace) {
        pools.forEach((pool, place) -> linkedServices.computeIfAbsent(pool, name -> new LinkedService(name, "AzureSqlDW", Map.of(),
            JsonNodeFactory.instance.objectNode().put("server", workspace + ".sql.azuresynapse.net").put("database", name), place)));
    }
}
