package io.lazuli.datafactory.activity.file;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.FileLocation;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Shape;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code GetMetadata}: what is known of a file, a folder or a table, by the fields that are asked for. */
public final class GetMetadataActivity implements ActivityType {
    /** Azure's number for what is wrong with the item or the fields. */
    static final String ERROR = "3500";

    static final List<String> FIELDS = List.of("childItems", "columnCount", "contentMD5", "created", "exists", "itemName", "itemType",
        "lastModified", "size", "structure");

    @Override
    public String name() {
        return "GetMetadata";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(
            Property.of("dataset", Property.Kind.DATASET_REFERENCE).asRequired(),
            Property.of("fieldList", Property.Kind.ARRAY).asRequired(),
            Property.object("storeSettings", FileShapes.READ_STORE),
            Property.object("formatSettings", FileShapes.READ_FORMAT));
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return GetMetadataActivity::run;
    }

    private static ObjectNode run(ActivityContext context) {
        Instant started = context.services().clock().instant();
        ResolvedDataset dataset = FileActivity.dataset(context);
        Settings settings = FileActivity.settings(context);
        List<String> fields = fields(settings);
        ItemMetadata item = item(context, dataset, settings);
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        boolean existenceAsked = fields.contains("exists");
        if (existenceAsked) {
            output.put("exists", item.exists());
        }
        if (item.exists() || !existenceAsked) {
            fields.stream().filter(field -> !field.equals("exists")).forEach(field -> put(output, field, item));
        }
        return FileActivity.finish(output, context, started);
    }

    private static ItemMetadata item(ActivityContext context, ResolvedDataset dataset, Settings settings) {
        if (FileLocation.isFiles(dataset)) {
            return new FileMetadata(context.services(), dataset, settings);
        }
        if (context.services().databases().isDatabase(dataset.linkedService())) {
            return new TableMetadata(context.services().databases().open(dataset.linkedService()), dataset);
        }
        throw new ActivityFailure(ERROR,
            "GetMetadata activity does not support dataset '" + dataset.name() + "' of type " + dataset.type());
    }

    private static List<String> fields(Settings settings) {
        List<String> fields = new ArrayList<>();
        for (JsonNode element : settings.elements("fieldList")) {
            String given = element.asString("");
            fields.add(FIELDS.stream().filter(field -> field.equalsIgnoreCase(given)).findFirst()
                .orElseThrow(() -> new ActivityFailure(ERROR, "GetMetadata has no field '" + given + "'; the fields are " + FIELDS
                    + NearestName.hint(given, FIELDS))));
        }
        return fields.stream().distinct().toList();
    }

    private static void put(ObjectNode output, String field, ItemMetadata item) {
        try {
            item.field(field).ifPresent(value -> output.set(field, value));
        } catch (LazuliException problem) {
            throw FileActivity.failed(ERROR, "Field '" + field + "' failed with error: '" + problem.getMessage() + "'.", problem);
        }
    }
}
