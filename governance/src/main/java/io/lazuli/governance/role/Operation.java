package io.lazuli.governance.role;

/**
 * One operation that roles allow.
 *
 * @param data whether it is on data, not on the resource that holds them
 */
public record Operation(String name, boolean data) {
    public static Operation action(String name) {
        return new Operation(name, false);
    }

    public static Operation dataAction(String name) {
        return new Operation(name, true);
    }
}
