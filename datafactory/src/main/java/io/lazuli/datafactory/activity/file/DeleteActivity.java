package io.lazuli.datafactory.activity.file;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.FileEntry;
import io.lazuli.datafactory.connector.file.FileLocation;
import io.lazuli.datafactory.connector.file.FileSelection;
import io.lazuli.datafactory.connector.file.FileStore;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Shape;
import io.lazuli.foundation.LazuliException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code Delete}: removes the files that a dataset and the store settings select. A whole folder that is deleted recursively goes
 * itself, too. Deleting stops at the first file that cannot be removed, after the log has been written.
 */
public final class DeleteActivity implements ActivityType {
    private static final String ERROR = "3500";

    @Override
    public String name() {
        return "Delete";
    }

    @Override
    public Shape typeProperties() {
        Shape log = Shape.of(
            Property.of("linkedServiceName", Property.Kind.LINKED_SERVICE_REFERENCE).asRequired(),
            Property.string("path"),
            Property.string("logLevel"),
            Property.bool("enableReliableLogging"));
        return Shape.of(
            Property.of("dataset", Property.Kind.DATASET_REFERENCE).asRequired(),
            Property.object("storeSettings", FileShapes.READ_STORE),
            Property.bool("recursive"),
            Property.integer("maxConcurrentConnections"),
            Property.bool("enableLogging"),
            Property.object("logStorageSettings", log));
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return DeleteActivity::run;
    }

    private static ObjectNode run(ActivityContext context) throws InterruptedException {
        Instant started = context.services().clock().instant();
        ResolvedDataset dataset = FileActivity.dataset(context);
        Settings settings = FileActivity.settings(context);
        FileStore store = context.services().files().open(dataset.linkedService());
        FileLocation location = FileLocation.of(dataset);
        Settings storeSettings = new Settings(storeSettings(settings), "storeSettings");
        ObjectNode output = described(dataset, location, storeSettings);
        DeletionLog log = new DeletionLog();
        try {
            FileSelection selection = FileSelection.select(store, location, storeSettings.json(), false);
            delete(store, selection, log);
            if (isWholeFolder(location, storeSettings)) {
                store.tree(location).delete(location.folder());
            }
        } catch (LazuliException problem) {
            finish(output, log, settings, context, started);
            throw new ActivityFailure(ERROR, true, "Failed to execute delete activity with data source '" + dataset.linkedService().type()
                + "' and error '" + problem.getMessage() + "'. For details, please reference log file here: "
                + output.path("logPath").asString(""), output, problem);
        }
        return finish(output, log, settings, context, started);
    }

    private static void delete(FileStore store, FileSelection selection, DeletionLog log) throws InterruptedException {
        for (FileEntry file : selection.files()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                store.tree(selection.container()).delete(file.path());
                log.deleted(file.path());
            } catch (LazuliException problem) {
                log.failed(file.path(), problem.getMessage());
                throw problem;
            }
        }
    }

    /** Older activities have {@code recursive} beside the dataset. */
    private static JsonNode storeSettings(Settings settings) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        settings.text("recursive").ifPresent(value -> merged.put("recursive", value));
        if (settings.json().path("storeSettings") instanceof ObjectNode given) {
            merged.setAll(given);
        }
        return merged;
    }

    private static boolean isWholeFolder(FileLocation location, Settings storeSettings) {
        boolean filtered = location.namesFile() || !location.filters().isEmpty() || location.folder().isEmpty();
        for (String name : new String[] {"wildcardFolderPath", "wildcardFileName", "prefix", "fileListPath", "modifiedDatetimeStart",
            "modifiedDatetimeEnd", "fileFilter"}) {
            filtered |= storeSettings.text(name).isPresent();
        }
        return !filtered && storeSettings.flag("recursive", false);
    }

    private static ObjectNode described(ResolvedDataset dataset, FileLocation location, Settings storeSettings) {
        Optional<String> wildcard = storeSettings.text("wildcardFileName")
            .or(() -> Optional.ofNullable(location.filters().get("wildcardFileName")).map(JsonNode::asString));
        ObjectNode output = JsonNodeFactory.instance.objectNode()
            .put("datasetName", dataset.name())
            .put("type", dataset.linkedService().type())
            .put("path", location.container().isEmpty() ? location.path() : location.container() + "/" + location.path());
        storeSettings.text("prefix").ifPresent(prefix -> output.put("prefix", prefix));
        wildcard.ifPresent(pattern -> output.put("wildcard", pattern));
        return output
            .put("recursive", storeSettings.flag("recursive", false))
            .put("isWildcardUsed", wildcard.isPresent() || storeSettings.text("wildcardFolderPath").isPresent()
                || location.filters().has("wildcardFolderPath"))
            .put("maxConcurrentConnections", storeSettings.integer("maxConcurrentConnections").orElse(1));
    }

    private static ObjectNode finish(ObjectNode output, DeletionLog log, Settings settings, ActivityContext context, Instant started) {
        output.put("filesDeleted", log.filesDeleted());
        if (settings.flag("enableLogging", false)) {
            output.put("logPath", log.write(context, settings.object("logStorageSettings")));
        }
        return FileActivity.finish(output, context, started);
    }
}
