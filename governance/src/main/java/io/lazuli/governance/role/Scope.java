package io.lazuli.governance.role;

/**
 * A part of the resources, as steps from the whole down: {@code contosolake}, {@code contosolake/landing}; empty for everything.
 *
 * @param path steps separated by slashes, without one at its ends
 */
public record Scope(String path) {
    public static final Scope ALL = new Scope("");

    /** The scope of the resource that the steps lead to; empty steps at the end are none. */
    public static Scope of(String account, String container) {
        return new Scope(container.isEmpty() ? account : account + "/" + container);
    }

    /** Whether the other is this one or a part of it. */
    public boolean covers(Scope other) {
        return path.isEmpty() || other.path.equals(path) || other.path.startsWith(path + "/");
    }
}
