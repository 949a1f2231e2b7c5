package io.lazuli.datafactory.trigger;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.workspace.Trigger;
import io.lazuli.foundation.Place;
import io.lazuli.storage.event.EventScope;
import io.lazuli.storage.event.StorageEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Which storage events a trigger fires on.
 *
 * @param account null for every account
 * @param beginsWith of {@code /CONTAINER/blobs/PATH}, as {@code endsWith}
 */
record BlobEventFilter(String account, Set<String> events, String beginsWith, String endsWith, boolean ignoreEmptyBlobs) {
    private static final String CREATED = "Microsoft.Storage.BlobCreated";
    private static final String DELETED = "Microsoft.Storage.BlobDeleted";
    private static final Pattern SCOPE = Pattern.compile(".*/storageAccounts/([A-Za-z0-9]{3,24})", Pattern.CASE_INSENSITIVE);
    private static final Pattern FOLDER = Pattern.compile("/([^/]+)/(?:blobs/(?:(.+)/)?)?[^/]*");
    private static final String CONTAINERS = "/blobServices/default/containers";

    static BlobEventFilter of(Trigger trigger) {
        JsonNode json = trigger.typeProperties();
        Place place = TriggerFiring.properties(trigger);
        Matcher scope = SCOPE.matcher(json.path("scope").asString(""));
        List<String> events = json.path("events").valueStream().map(event -> event.asString("")).toList();
        for (int i = 0; i < events.size(); i++) {
            if (!Set.of(CREATED, DELETED).contains(events.get(i))) {
                throw failure(DataFactoryError.WRONG_TYPE, place.member("events").element(i), "'%s' is not one of %s, %s", events.get(i),
                    CREATED, DELETED);
            }
        }
        if (events.isEmpty()) {
            throw failure(DataFactoryError.MISSING_PROPERTY, place.member("events"), "The trigger '%s' names no events; expected %s or %s",
                trigger.name(), CREATED, DELETED);
        }
        String begins = json.path("blobPathBeginsWith").asString("");
        String ends = json.path("blobPathEndsWith").asString("");
        if (begins.isEmpty() && ends.isEmpty()) {
            throw failure(DataFactoryError.MISSING_PROPERTY, place.member("blobPathBeginsWith"),
                "The trigger '%s' has neither blobPathBeginsWith nor blobPathEndsWith", trigger.name());
        }
        return new BlobEventFilter(scope.matches() ? scope.group(1).toLowerCase(Locale.ROOT) : null, Set.copyOf(events),
            begins.isEmpty() || begins.startsWith("/") ? begins : "/" + begins, ends, json.path("ignoreEmptyBlobs").asBoolean(true));
    }

    boolean matches(StorageEvent event) {
        if (!events.contains(event.eventType()) || account != null && !account.equals(event.account())) {
            return false;
        }
        boolean created = event.eventType().equals(CREATED);
        // A file is made empty and closed once it is written: the second is the event that counts.
        boolean unfinished = created && event.data().path("api").asString("").equals("CreateFile");
        boolean empty = created && event.data().path("contentLength").asLong(0) == 0;
        String path = path(event);
        return !unfinished && !(ignoreEmptyBlobs && empty) && path.startsWith(beginsWith) && path.endsWith(endsWith);
    }

    /** Where the blobs are: in the folder that the path's beginning leads to for certain. */
    EventScope scope() {
        Matcher folder = FOLDER.matcher(beginsWith);
        return folder.matches() ? new EventScope(account, folder.group(1), Optional.ofNullable(folder.group(2)).orElse(""))
            : new EventScope(account, null, "");
    }

    /** {@code /CONTAINER/blobs/PATH}. */
    private static String path(StorageEvent event) {
        return event.subject().substring(CONTAINERS.length());
    }

    /** {@code CONTAINER/PATH}. */
    static String blob(StorageEvent event) {
        return path(event).substring(1).replaceFirst("/blobs/", "/");
    }

    @Override
    public String toString() {
        String kinds = events.containsAll(List.of(CREATED, DELETED)) ? "blobs created or deleted"
            : events.contains(CREATED) ? "blobs created" : "blobs deleted";
        return kinds + (account == null ? "" : " in " + account) + (beginsWith.isEmpty() ? "" : " at " + beginsWith + "…")
            + (endsWith.isEmpty() ? "" : " ending in " + endsWith);
    }
}
