package io.lazuli.datafactory.activity.http;

import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.Secrets;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.foundation.Place;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs one activity whose properties are already evaluated. */
final class ActivityWorld {
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    private final Map<String, ResolvedLinkedService> linkedServices = new LinkedHashMap<>();

    ActivityWorld linkedService(String name, String type, String properties) {
        linkedServices.put(name, new ResolvedLinkedService(name, type, json(properties), Place.UNKNOWN));
        return this;
    }

    /** The output of an activity whose JSON is given; single quotes stand for double ones. */
    ObjectNode run(ActivityType type, String activity) throws InterruptedException {
        ObjectNode json = json(activity);
        ActivityDefinition definition = new ActivityDefinition("Call", type.name(), List.of(),
            new ActivityDefinition.Policy(json.objectNode()),
            false, ActivityDefinition.Outcome.SUCCEEDED, json, new LinkedHashMap<>(), Place.UNKNOWN);
        return type.create(definition).run(context(definition));
    }

    static ObjectNode json(String text) {
        return (ObjectNode) JSON.readTree(text);
    }

    /** What these activities use of a context; anything else fails. */
    private ActivityContext context(ActivityDefinition definition) {
        Services services = answering(Services.class, (method, arguments) -> switch (method) {
            case "clock" -> Clock.systemUTC();
            case "secrets" -> new Secrets(null, null, Map.of(), name -> null, Clock.systemUTC());
            default -> throw new UnsupportedOperationException(method);
        });
        return answering(ActivityContext.class, (method, arguments) -> switch (method) {
            case "definition" -> definition;
            case "properties" -> definition.typeProperties();
            case "services" -> services;
            case "linkedService" -> linkedServices.get(((Reference) arguments[0]).name());
            case "dataset" -> new ResolvedDataset(((Reference) arguments[0]).name(), "Json", json("{'a': 1}"), null,
                linkedServices.values().iterator().next(), Place.UNKNOWN);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private interface Answers {
        Object answer(String method, Object[] arguments);
    }

    private static <T> T answering(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
            (proxy, method, arguments) -> answers.answer(method.getName(), arguments)));
    }
}
