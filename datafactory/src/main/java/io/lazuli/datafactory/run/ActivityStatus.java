package io.lazuli.datafactory.run;

import io.lazuli.datafactory.workspace.ActivityDefinition.Condition;
import io.lazuli.datafactory.workspace.ActivityDefinition.Outcome;

/** How an activity run ended; {@link #label()} is Azure's word. */
public enum ActivityStatus {
    SUCCEEDED("Succeeded"), FAILED("Failed"), SKIPPED("Skipped"), CANCELLED("Cancelled");

    private final String label;

    ActivityStatus(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    static ActivityStatus of(String label) {
        for (ActivityStatus status : values()) {
            if (status.label.equals(label)) {
                return status;
            }
        }
        throw new IllegalArgumentException(label);
    }

    static ActivityStatus of(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case SKIPPED -> SKIPPED;
        };
    }

    /** Whether an activity that waits for this end under the condition may go. */
    boolean meets(Condition condition) {
        return switch (condition) {
            case SUCCEEDED -> this == SUCCEEDED;
            case FAILED -> this == FAILED;
            case SKIPPED -> this == SKIPPED;
            case COMPLETED -> this == SUCCEEDED || this == FAILED;
        };
    }
}
