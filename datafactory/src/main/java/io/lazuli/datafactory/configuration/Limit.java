package io.lazuli.datafactory.configuration;

/** A limit of Azure's, which {@code none} in {@code lazuli.yaml} lifts. */
public record Limit(long most) {
    public static final Limit NONE = new Limit(Long.MAX_VALUE);

    public boolean allows(long count) {
        return count <= most;
    }

    @Override
    public String toString() {
        return equals(NONE) ? "none" : Long.toString(most);
    }
}
