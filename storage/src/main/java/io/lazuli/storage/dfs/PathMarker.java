package io.lazuli.storage.dfs;

import io.lazuli.storage.blob.Paging;
import io.lazuli.storage.http.ServiceFailure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a list of paths goes on. Besides the marks of this service there is one that Hadoop's driver makes for itself, to begin a list at a
 * name: a checksum, a zero and the name.
 */
final class PathMarker {
    /** Begins the marks of this service; no path does. */
    private static final String OWN = "/";
    private static final Pattern BEGINNING = Pattern.compile("-?\\d+ 0 (.+)");

    private PathMarker() {
    }

    /** The mark of what follows a path. */
    static String after(String path) {
        return Paging.marker(OWN + path);
    }

    /** Reads what {@code continuation} and {@code maxResults} say of a list of a folder. */
    static PathPaging read(String mark, String maxResults, String folder) {
        int limit = Paging.of(null, maxResults).limit();
        if (mark == null || mark.isEmpty()) {
            return new PathPaging("", false, limit);
        }
        String text = decode(mark);
        if (text.startsWith(OWN)) {
            return new PathPaging(text.substring(OWN.length()), false, limit);
        }
        Matcher beginning = BEGINNING.matcher(text);
        if (!beginning.matches()) {
            throw malformed(mark);
        }
        return new PathPaging(within(folder, beginning.group(1)), true, limit);
    }

    /** The path of a name in a folder. */
    static String within(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    private static String decode(String mark) {
        try {
            return new String(Base64.getDecoder().decode(mark.replace('-', '+').replace('_', '/')), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw malformed(mark);
        }
    }

    private static ServiceFailure malformed(String mark) {
        return ServiceFailure.invalidParameter("continuation", mark, "The mark is not one that this service gave.");
    }
}
