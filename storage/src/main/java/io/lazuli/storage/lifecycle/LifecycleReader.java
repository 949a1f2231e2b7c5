package io.lazuli.storage.lifecycle;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.storage.LakeNames;
import io.lazuli.storage.lifecycle.LifecyclePolicy.Action;
import io.lazuli.storage.lifecycle.LifecyclePolicy.Condition;
import io.lazuli.storage.lifecycle.LifecyclePolicy.Rule;
import io.lazuli.storage.lifecycle.LifecyclePolicy.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads a lifecycle management policy as Azure has it; whatever is wrong fails with its JSON path. */
public final class LifecycleReader {
    private static final int MOST_RULES = 100;
    private static final int MOST_FILTERS = 10;
    private static final List<String> SUBJECTS = List.of("baseBlob", "snapshot", "version");
    private static final List<String> UNSUPPORTED = List.of("tierToHot");
    private static final String ACCESS = "daysAfterLastAccessTimeGreaterThan";

    private LifecycleReader() {
    }

    /** {@code json} is an object with {@code rules}, or one with {@code policy} or {@code properties} around it, as templates have it. */
    public static LifecyclePolicy read(JsonNode json, Place place) {
        for (String wrapper : List.of("properties", "policy")) {
            if (json.has(wrapper)) {
                return read(json.get(wrapper), place.member(wrapper));
            }
        }
        members(json, place, "rules");
        JsonNode rules = json.path("rules");
        if (!rules.isArray() || rules.isEmpty() || rules.size() > MOST_RULES) {
            throw wrong(place.member("rules"), "A policy has 1 to %d rules", MOST_RULES);
        }
        List<Rule> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            Place at = place.member("rules").element(i);
            Rule rule = rule(rules.get(i), at);
            if (!names.add(rule.name())) {
                throw wrong(at.member("name"), "There are two rules named '%s'", rule.name());
            }
            all.add(rule);
        }
        return new LifecyclePolicy(List.copyOf(all));
    }

    private static LazuliException wrong(Place place, String message, Object... values) {
        return failure(CommonError.INVALID_ARGUMENT, place, message, values);
    }

    /** Fails when an object is none, or has members beside those that are known. */
    private static void members(JsonNode json, Place place, String... known) {
        if (!json.isObject()) {
            throw wrong(place, "An object with %s is expected", String.join(", ", known));
        }
        for (String name : json.propertyNames()) {
            if (UNSUPPORTED.contains(name)) {
                throw failure(CommonError.NOT_SUPPORTED, place.member(name), "'%s' is not supported", name);
            }
            if (!List.of(known).contains(name)) {
                throw wrong(place.member(name), "There is no '%s' here%s", name, NearestName.hint(name, List.of(known)));
            }
        }
    }

    private static Rule rule(JsonNode json, Place place) {
        members(json, place, "name", "type", "enabled", "definition");
        String name = json.path("name").asString("");
        if (!name.matches("[A-Za-z0-9_-]{1,256}")) {
            throw wrong(place.member("name"), "A rule's name has 1 to 256 letters, digits, hyphens and underscores, not '%s'", name);
        }
        if (!json.path("type").asString("Lifecycle").equals("Lifecycle")) {
            throw wrong(place.member("type"), "The type of a rule is Lifecycle, not '%s'", json.path("type").asString(""));
        }
        Place within = place.member("definition");
        JsonNode definition = json.path("definition");
        members(definition, within, "filters", "actions");
        JsonNode filters = definition.path("filters");
        Place filtersAt = within.member("filters");
        members(filters, filtersAt, "blobTypes", "prefixMatch", "blobIndexMatch");
        Set<String> types = types(filters.path("blobTypes"), filtersAt.member("blobTypes"));
        return new Rule(name, json.path("enabled").asBoolean(true), types, prefixes(filters.path("prefixMatch"),
            filtersAt.member("prefixMatch")), tags(filters.path("blobIndexMatch"), filtersAt.member("blobIndexMatch")),
            actions(definition.path("actions"), within.member("actions"), types),
            hotAgain(definition.path("actions").path("baseBlob"), within.member("actions").member("baseBlob")));
    }

    /** Asks for a rule that makes blobs cool when they are not read. */
    private static boolean hotAgain(JsonNode base, Place place) {
        String name = Action.TIER_TO_HOT.title();
        if (!base.hasNonNull(name)) {
            return false;
        }
        if (!base.get(name).isBoolean()) {
            throw wrong(place.member(name), "true or false is expected, not %s", base.get(name));
        }
        boolean wanted = base.get(name).asBoolean();
        if (wanted && !base.path(Action.TIER_TO_COOL.title()).hasNonNull(ACCESS)) {
            throw wrong(place.member(name), "It asks for tierToCool with %s", ACCESS);
        }
        return wanted;
    }

    private static Set<String> types(JsonNode json, Place place) {
        Set<String> types = new HashSet<>();
        for (int i = 0; i < json.size(); i++) {
            String type = json.get(i).asString("");
            if (!List.of("blockBlob", "appendBlob").contains(type)) {
                throw wrong(place.element(i), "'%s' is not one of blockBlob, appendBlob", type);
            }
            types.add(type);
        }
        if (types.isEmpty()) {
            throw wrong(place, "A rule names its blobTypes: blockBlob, appendBlob");
        }
        return types;
    }

    private static void requireFew(JsonNode json, Place place) {
        if (json.size() > MOST_FILTERS) {
            throw wrong(place, "There are at most %d, not %d", MOST_FILTERS, json.size());
        }
    }

    private static List<String> prefixes(JsonNode json, Place place) {
        requireFew(json, place);
        List<String> prefixes = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            String prefix = json.get(i).asString("");
            try {
                LakeNames.container(prefix.replaceFirst("/.*", ""));
            } catch (LazuliException noContainer) {
                throw wrong(place.element(i), "A prefix begins with a container, such as raw/in/, not '%s'", prefix);
            }
            prefixes.add(prefix);
        }
        return List.copyOf(prefixes);
    }

    private static Map<String, String> tags(JsonNode json, Place place) {
        requireFew(json, place);
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 0; i < json.size(); i++) {
            members(json.get(i), place.element(i), "name", "op", "value");
            if (!json.get(i).path("op").asString("==").equals("==")) {
                throw wrong(place.element(i).member("op"), "The only comparison is ==, not '%s'", json.get(i).path("op").asString(""));
            }
            tags.put(json.get(i).path("name").asString(""), json.get(i).path("value").asString(""));
        }
        return tags;
    }

    private static Map<Subject, Map<Action, Condition>> actions(JsonNode json, Place place, Set<String> types) {
        members(json, place, SUBJECTS.toArray(String[]::new));
        Map<Subject, Map<Action, Condition>> all = new EnumMap<>(Subject.class);
        for (int i = 0; i < SUBJECTS.size(); i++) {
            String subject = SUBJECTS.get(i);
            if (json.hasNonNull(subject)) {
                all.put(Subject.values()[i], subject(json.get(subject), place.member(subject), subject.equals("baseBlob"), types));
            }
        }
        if (all.values().stream().allMatch(Map::isEmpty)) {
            throw wrong(place, "A rule has at least one action");
        }
        return all;
    }

    private static Map<Action, Condition> subject(JsonNode json, Place place, boolean base, Set<String> types) {
        members(json, place, Arrays.stream(Action.values()).filter(action -> base || action != Action.TIER_TO_HOT).map(Action::title)
            .toArray(String[]::new));
        Map<Action, Condition> actions = new EnumMap<>(Action.class);
        for (Action action : Action.values()) {
            if (action != Action.TIER_TO_HOT && json.hasNonNull(action.title())) {
                Place at = place.member(action.title());
                if (action.tier() != null && types.contains("appendBlob")) {
                    throw wrong(at, "Append blobs have no tiers: name only blockBlob in blobTypes, or only delete");
                }
                actions.put(action, condition(json.get(action.title()), at, action, base));
            }
        }
        return actions;
    }

    /** See "DateAfterModification" and "DateAfterCreation" of the management API. */
    private static Condition condition(JsonNode json, Place place, Action action, boolean base) {
        if (base) {
            members(json, place, "daysAfterModificationGreaterThan", "daysAfterCreationGreaterThan", "daysAfterLastTierChangeGreaterThan",
                ACCESS);
        } else {
            members(json, place, "daysAfterCreationGreaterThan", "daysAfterLastTierChangeGreaterThan");
        }
        Condition condition = new Condition(days(json, "daysAfterModificationGreaterThan", place),
            days(json, "daysAfterCreationGreaterThan", place), days(json, "daysAfterLastTierChangeGreaterThan", place),
            days(json, ACCESS, place));
        if (Stream.of(condition.modification(), condition.creation(), condition.access()).filter(Objects::nonNull).count() != 1) {
            throw wrong(place, base ? "Exactly one of daysAfterModificationGreaterThan, daysAfterCreationGreaterThan and " + ACCESS
                + " is expected" : "daysAfterCreationGreaterThan is expected");
        }
        Integer age = base ? condition.modification() : condition.creation();
        if (condition.tierChange() != null && (action != Action.TIER_TO_ARCHIVE || age == null)) {
            throw wrong(place.member("daysAfterLastTierChangeGreaterThan"), "It goes with tierToArchive and "
                + (base ? "daysAfterModificationGreaterThan" : "daysAfterCreationGreaterThan"));
        }
        return condition;
    }

    private static Integer days(JsonNode json, String name, Place place) {
        if (!json.hasNonNull(name)) {
            return null;
        }
        double days = json.get(name).asDouble(-1);
        if (days < 0 || days > Integer.MAX_VALUE || days != Math.floor(days)) {
            throw wrong(place.member(name), "A number of days from 0 is expected, not %s", json.get(name));
        }
        return (int) days;
    }
}
