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
    /** What the driver makes for accounts with flat names: a directory, the path that begins the list and a date, each with its length. */
    private static final Pattern FLAT = Pattern.compile("2!\\d+!(.+)");
    private static final int LENGTH = 6;

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
        Matcher flat = FLAT.matcher(mark);
        if (flat.matches()) {
            return new PathPaging(flatBeginning(flat.group(1), mark), true, limit);
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

    private static String flatBeginning(String encoded, String mark) {
        String fields = decode(encoded.replace('-', '=').replace('_', '/').replace('*', '+'));
        try {
            int directory = Integer.parseInt(fields.substring(0, LENGTH));
            int begin = LENGTH + directory + 2;
            int length = Integer.parseInt(fields.substring(begin, begin + LENGTH));
            return fields.substring(begin + LENGTH + 1, begin + LENGTH + 1 + length);
        } catch (NumberFormatException | IndexOutOfBoundsException malformed) {
            throw malformed(mark);
        }
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
