package io.lazuli.datafactory.trigger;

import io.lazuli.datafactory.run.RunRecord;

/** Hears what watched triggers do; called from several threads. */
public interface TriggerListener {
    /** Its run has ended; {@code cause} is the blob or the time that the trigger fired for. */
    void ran(String trigger, String cause, RunRecord run);

    /** A run could not begin or go on. */
    void failed(String trigger, String cause, RuntimeException failure);
}
