package io.lazuli.datafactory.dataflow;

/** What a sink does with a row, by the code that an alter row gives it. */
enum RowOperation {
    DELETE(8), UPDATE(2), UPSERT(4), INSERT(1);

    private final int policy;

    RowOperation(int policy) {
        this.policy = policy;
    }

    int policy() {
        return policy;
    }

    boolean inserts() {
        return this == INSERT || this == UPSERT;
    }
}
