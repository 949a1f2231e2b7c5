package io.lazuli.datafactory.run;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The activities that expressions can refer to: those of one list that have ended, and those of the lists around it. */
final class Results {
    private final Results outer;
    private final Map<String, ActivityResult> ended = new ConcurrentHashMap<>();

    Results(Results outer) {
        this.outer = outer;
    }

    void add(ActivityResult result) {
        ended.put(result.name().toLowerCase(Locale.ROOT), result);
    }

    void addAll(Results others) {
        ended.putAll(others.ended);
    }

    /** Null when no such activity has ended. */
    ActivityResult find(String name) {
        ActivityResult found = ended.get(name.toLowerCase(Locale.ROOT));
        return found != null || outer == null ? found : outer.find(name);
    }
}
