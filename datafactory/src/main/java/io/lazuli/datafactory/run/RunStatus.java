package io.lazuli.datafactory.run;

/** Where a pipeline run stands; {@link #label()} is Azure's word, but for {@link #INTERRUPTED}: its process ended before it did. */
public enum RunStatus {
    QUEUED("Queued"), IN_PROGRESS("InProgress"), INTERRUPTED("Interrupted"), SUCCEEDED("Succeeded"), FAILED("Failed"),
    CANCELLED("Cancelled");

    private final String label;

    RunStatus(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether the run has come to its end. */
    public boolean ended() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    static RunStatus of(String label) {
        for (RunStatus status : values()) {
            if (status.label.equals(label)) {
                return status;
            }
        }
        throw new IllegalArgumentException(label);
    }
}
