package io.lazuli.datafactory.run;

/** Hears what runs do while they do it; called from the threads of activities, several at once. */
public interface RunListener {
    /** Hears nothing. */
    RunListener NOBODY = new RunListener() {
    };

    default void runStarted(RunRequest request, boolean resumed) {
    }

    /** Called once per attempt; {@code key} names the activity run within its run, as in {@link ActivityRecord#key()}. */
    default void activityStarted(String runId, String key, String type, int attempt) {
    }

    /** How far an activity is; 0 for what it does not count. */
    default void activityProgress(String runId, String key, long rows, long bytes) {
    }

    /** {@code restored} for one that had ended before the run was resumed. */
    default void activityEnded(String runId, ActivityRecord activity, boolean restored) {
    }

    default void runEnded(RunRecord run) {
    }
}
