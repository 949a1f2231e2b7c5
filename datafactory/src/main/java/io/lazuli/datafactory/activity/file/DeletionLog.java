package io.lazuli.datafactory.activity.file;

import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.connector.file.FileStore;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.foundation.Place;
import io.lazuli.storage.FileCommit;
import io.lazuli.storage.LakeNames;
import io.lazuli.storage.StorageFailures;
import java.io.IOException;
import java.nio.file.Files;
import tools.jackson.databind.node.ObjectNode;

/** What a deletion did with each file, as the CSV that Azure writes. */
final class DeletionLog {
    private static final String DEFAULT_CONTAINER = "delete-activity-logs";

    private final StringBuilder rows = new StringBuilder("Name,Category,Status,Error\r\n");
    private int filesDeleted;

    void deleted(String path) {
        filesDeleted++;
        row(path, "Deleted", "");
    }

    void failed(String path, String error) {
        row(path, "Failed", error);
    }

    private void row(String path, String status, String error) {
        rows.append(quoted(path)).append(",File,").append(status).append(',').append(quoted(error)).append("\r\n");
    }

    private static String quoted(String text) {
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    int filesDeleted() {
        return filesDeleted;
    }

    /** Writes the log under the settings' path and gives the address that the activity's output tells. */
    String write(ActivityContext context, Settings settings) {
        Place place = context.definition().place().member("typeProperties").member("logStorageSettings");
        ObjectNode unevaluated = context.definition().typeProperties().path("logStorageSettings") instanceof ObjectNode given
            ? given : context.properties().objectNode();
        FileStore store = context.services().files().open(context.linkedService(Reference.of(unevaluated, "linkedServiceName", place)));
        String path = LakeNames.path(settings.text("path").orElse(DEFAULT_CONTAINER));
        int slash = store.hasContainers() ? path.indexOf('/') : 0;
        String container = !store.hasContainers() ? "" : slash < 0 ? path : path.substring(0, slash);
        String folder = slash < 0 ? "" : path.substring(slash);
        String log = LakeNames.path(folder + "/" + context.activityRunId());
        try (FileCommit commit = store.tree(container).begin()) {
            Files.writeString(commit.stage(log + "/log.csv"), rows);
            commit.commit();
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot write the log of deleted files " + log, problem);
        }
        return store.kind() == FileStore.Kind.BLOB
            ? "https://" + store.account() + ".blob.core.windows.net/" + container + "/" + log : store.display(container, log);
    }
}
