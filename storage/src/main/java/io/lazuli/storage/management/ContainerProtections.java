package io.lazuli.storage.management;

import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Containers.Container;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.ContainerProtection;
import io.lazuli.storage.metadata.ContainerProtection.Appendable;
import io.lazuli.storage.metadata.EntityTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Immutability policies and legal holds of containers, by the rules of Azure's resource manager. */
final class ContainerProtections {
    private static final int MOST_DAYS = 146_000;
    private static final int MOST_EXTENSIONS = 5;
    private static final int MOST_TAGS = 10;
    private static final String PERIOD = "immutabilityPeriodSinceCreationInDays";
    private static final String APPENDS = "allowProtectedAppendWrites";
    private static final String APPENDS_ALL = "allowProtectedAppendWritesAll";

    private final Containers containers;

    ContainerProtections(Containers containers) {
        this.containers = containers;
    }

    private static ServiceFailure invalid(String message, Object... values) {
        return ServiceFailure.badRequest("InvalidRequestPropertyValue", String.format(message, values));
    }

    private static ServiceFailure state(String message) {
        return new ServiceFailure(409, "ImmutabilityPolicyStateInvalid",
            "Operation not allowed on immutability policy with current state: " + message);
    }

    static String etag(ContainerProtection protection) {
        return protection.changed() == 0 ? "" : EntityTag.of(protection.changed());
    }

    /** Makes or changes a policy that is not locked. */
    ContainerProtection put(String account, String container, JsonNode body, String ifMatch) {
        JsonNode properties = body.path("properties");
        int days = days(properties);
        Appendable appends = appendable(properties);
        return change(account, container, old -> {
            requireTag(old, ifMatch == null ? "*" : ifMatch);
            if (old.locked()) {
                throw state("it is locked, and can be extended only.");
            }
            return old.withPolicy(days, appends);
        });
    }

    ContainerProtection delete(String account, String container, String ifMatch) {
        return change(account, container, old -> {
            requireTag(old, ifMatch);
            if (old.locked()) {
                throw state("it is locked.");
            }
            return old.withPolicy(0, Appendable.NONE);
        });
    }

    ContainerProtection lock(String account, String container, String ifMatch) {
        return change(account, container, old -> {
            requireTag(old, ifMatch);
            if (old.locked() || old.days() == 0) {
                throw state(old.locked() ? "it is locked." : "there is none.");
            }
            return old.asLocked();
        });
    }

    /** Makes the period of a locked policy longer. */
    ContainerProtection extend(String account, String container, JsonNode body, String ifMatch) {
        int days = days(body.path("properties"));
        return change(account, container, old -> {
            requireTag(old, ifMatch);
            if (!old.locked() || days < old.days() || old.extensions() >= MOST_EXTENSIONS) {
                throw state(!old.locked() ? "it is not locked." : days < old.days() ? "its period cannot become shorter."
                    : "it has been extended " + MOST_EXTENSIONS + " times.");
            }
            return old.extended(days);
        });
    }

    ContainerProtection hold(String account, String container, JsonNode body) {
        List<String> tags = tags(body);
        boolean appends = body.path(APPENDS_ALL).asBoolean(false);
        return change(account, container, old -> {
            TreeSet<String> all = new TreeSet<>(old.holds());
            all.addAll(tags);
            if (all.size() > MOST_TAGS) {
                throw invalid("A container has at most %d tags of legal holds.", MOST_TAGS);
            }
            return old.withHolds(List.copyOf(all), appends);
        });
    }

    ContainerProtection release(String account, String container, JsonNode body) {
        List<String> tags = tags(body);
        return change(account, container, old -> {
            TreeSet<String> rest = new TreeSet<>(old.holds());
            tags.forEach(rest::remove);
            return old.withHolds(List.copyOf(rest), !rest.isEmpty() && old.holdAppends());
        });
    }

    private ContainerProtection change(String account, String container, UnaryOperator<ContainerProtection> change) {
        Container changed = containers.protect(account, container, change);
        return changed.record().protection();
    }

    private static void requireTag(ContainerProtection protection, String ifMatch) {
        if (ifMatch == null) {
            throw ServiceFailure.missingHeader("If-Match");
        }
        String plain = etag(protection).replace("\"", "");
        if (!ifMatch.equals("*") && !ifMatch.replace("\"", "").equals(plain)) {
            throw new ServiceFailure(412, "PreconditionFailed", "The condition specified using HTTP conditional header(s) is not met.");
        }
    }

    private static int days(JsonNode properties) {
        JsonNode days = properties.path(PERIOD);
        if (!days.isInt() || days.asInt() < 1 || days.asInt() > MOST_DAYS) {
            throw invalid("%s is %s; expected a number from 1 to %d.", PERIOD, days.isMissingNode() ? "missing" : days, MOST_DAYS);
        }
        return days.asInt();
    }

    private static Appendable appendable(JsonNode properties) {
        boolean some = properties.path(APPENDS).asBoolean(false);
        boolean all = properties.path(APPENDS_ALL).asBoolean(false);
        if (some && all) {
            throw invalid("%s and %s are mutually exclusive.", APPENDS, APPENDS_ALL);
        }
        return all ? Appendable.ALL : some ? Appendable.APPEND_BLOBS : Appendable.NONE;
    }

    private static List<String> tags(JsonNode body) {
        List<String> tags = new ArrayList<>();
        body.path("tags").forEach(tag -> tags.add(tag.asString("").toLowerCase(Locale.ROOT)));
        if (tags.isEmpty() || !tags.stream().allMatch(tag -> tag.matches("[a-z0-9]{3,23}"))) {
            throw invalid("tags are %s; expected tags of 3 to 23 letters and digits.", body.path("tags"));
        }
        return tags;
    }
}
