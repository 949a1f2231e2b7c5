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
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code Validation}: waits until a dataset's file is there with {@code minimumSize} bytes, or its folder with ({@code childItems}: true)
 * or without (false) anything in it. Looks every {@code sleep} seconds until {@code timeout}.
 */
public final class ValidationActivity implements ActivityType {
    private static final String TIMED_OUT = "2001";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofDays(7);
    private static final int DEFAULT_SLEEP_SECONDS = 10;
    private static final Pattern SPAN = Pattern.compile("(?:(\\d+)\\.)?(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?");

    @Override
    public String name() {
        return "Validation";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(
            Property.of("dataset", Property.Kind.DATASET_REFERENCE).asRequired(),
            Property.string("timeout"),
            Property.integer("sleep"),
            Property.integer("minimumSize"),
            Property.bool("childItems"));
    }

    /** Its time-out is its own, of 7 days by default. */
    @Override
    public boolean control() {
        return true;
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return ValidationActivity::run;
    }

    private static ObjectNode run(ActivityContext context) throws InterruptedException {
        ResolvedDataset dataset = FileActivity.dataset(context);
        Settings settings = FileActivity.settings(context);
        FileLocation location = FileLocation.of(dataset);
        FileTree tree = context.services().files().open(dataset.linkedService()).tree(location);
        Instant deadline = context.services().clock().instant().plus(timeout(settings));
        int sleep = settings.integer("sleep").orElse(DEFAULT_SLEEP_SECONDS);
        while (true) {
            Optional<FileStatus> item = tree.status(location.path());
            if (item.isPresent() && isValid(item.get(), tree, settings)) {
                return output(item.get(), location, tree);
            }
            if (!context.services().clock().instant().plusSeconds(sleep).isBefore(deadline)) {
                throw timedOut(dataset, item);
            }
            Thread.sleep(Duration.ofSeconds(sleep));
        }
    }

    private static boolean isValid(FileStatus item, FileTree tree, Settings settings) {
        if (!item.folder()) {
            return item.size() >= settings.integer("minimumSize").orElse(0);
        }
        return settings.text("childItems").isEmpty() || settings.flag("childItems", true) != tree.list(item.path()).isEmpty();
    }

    private static ActivityFailure timedOut(ResolvedDataset dataset, Optional<FileStatus> item) {
        ObjectNode output = JsonNodeFactory.instance.objectNode().put("exists", item.isPresent());
        String state = item.isPresent() ? "was not as it should be" : "was not there";
        return new ActivityFailure(TIMED_OUT, true, "Validation timed out: dataset '" + dataset.name() + "' " + state, output, null);
    }

    private static ObjectNode output(FileStatus item, FileLocation location, FileTree tree) {
        ObjectNode output = JsonNodeFactory.instance.objectNode()
            .put("exists", true)
            .put("itemName", item.path().isEmpty() ? location.container() : item.name())
            .put("itemType", item.folder() ? "Folder" : "File");
        output.set("lastModified", FileMetadata.time(item.lastModified()));
        if (!item.folder()) {
            return output.put("size", item.size());
        }
        var children = output.putArray("childItems");
        tree.list(item.path()).forEach(child ->
            children.addObject().put("name", child.name()).put("type", child.folder() ? "Folder" : "File"));
        return output;
    }

    private static Duration timeout(Settings settings) {
        return settings.text("timeout").map(text -> {
            Matcher parts = SPAN.matcher(text.trim());
            if (!parts.matches()) {
                throw settings.wrong("timeout", text, "a time span such as 0.12:00:00");
            }
            return Duration.ofDays(number(parts.group(1))).plusHours(number(parts.group(2))).plusMinutes(number(parts.group(3)))
                .plusSeconds(number(parts.group(4)));
        }).orElse(DEFAULT_TIMEOUT);
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
