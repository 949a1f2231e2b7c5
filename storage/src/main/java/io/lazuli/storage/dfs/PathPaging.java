package io.lazuli.storage.dfs;

/**
 * Which page of a list of paths a request asks for. Paths are in the order of their parts: a directory comes before what is in it, and all
 * that is in it before the next path.
 *
 * @param begin empty for the first page
 * @param itself whether the page begins with that path, or with the next one
 */
record PathPaging(String begin, boolean itself, int limit) {
    PathPaging withLimit(int other) {
        return new PathPaging(begin, itself, other);
    }

    /** Whether a path comes in this page or a later one. */
    boolean includes(String path) {
        if (begin.isEmpty()) {
            return true;
        }
        String[] parts = path.split("/");
        String[] first = begin.split("/");
        for (int i = 0; i < Math.min(parts.length, first.length); i++) {
            int order = parts[i].compareTo(first[i]);
            if (order != 0) {
                return order > 0;
            }
        }
        return parts.length > first.length || itself && parts.length == first.length;
    }

    /** Whether a path or something in it does. */
    boolean reaches(String path) {
        return includes(path) || path.equals(begin) || begin.startsWith(path + "/");
    }
}
