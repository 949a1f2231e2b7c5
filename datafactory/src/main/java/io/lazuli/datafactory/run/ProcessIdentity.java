package io.lazuli.datafactory.run;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A process, told from a later one that got the same number by when it started (milliseconds; 0 when the system does not say). */
record ProcessIdentity(long pid, long startedAt) {
    static ProcessIdentity current() {
        return of(ProcessHandle.current());
    }

    private static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    static ProcessIdentity of(JsonNode json) {
        return new ProcessIdentity(json.path("pid").asLong(0), json.path("startedAt").asLong(0));
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance.objectNode().put("pid", pid).put("startedAt", startedAt);
    }

    boolean alive() {
        // The start is read from the kernel in ticks since boot, so it may come out a little different each time.
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive)
            .map(ProcessIdentity::of)
            .filter(found -> Math.abs(found.startedAt - startedAt) < 2000)
            .isPresent();
    }
}
