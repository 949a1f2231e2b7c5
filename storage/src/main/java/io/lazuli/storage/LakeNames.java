package io.lazuli.storage;

import static io.lazuli.foundation.LazuliException.failure;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Azure Storage's rules for names, and what a file system adds to them. */
public final class LakeNames {
    /** Files and folders that begin so are this program's own: they are never listed and cannot be named. */
    public static final String RESERVED_PREFIX = ".lazuli";

    private static final int MAX_PATH_CHARACTERS = 1024;
    private static final int MAX_SEGMENTS = 254;
    private static final int MAX_SEGMENT_BYTES = 255;
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}");
    private static final Pattern CONTAINER = Pattern.compile("(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*");
    private static final Set<String> SYSTEM_CONTAINERS = Set.of("$root", "$web", "$logs");

    private LakeNames() {
    }

    /** Gives the account's name back, or fails with {@code INVALID_NAME}. */
    public static String account(String name) {
        if (!ACCOUNT.matcher(name).matches()) {
            throw failure(StorageError.INVALID_NAME,
                "'%s' is not a storage account name: 3 to 24 lower-case letters and digits", name);
        }
        return name;
    }

    /** Gives the container's (file system's) name back, or fails with {@code INVALID_NAME}. */
    public static String container(String name) {
        if (!CONTAINER.matcher(name).matches() && !SYSTEM_CONTAINERS.contains(name)) {
            throw failure(StorageError.INVALID_NAME,
                "'%s' is not a container name: 3 to 63 lower-case letters, digits and single hyphens, beginning and ending with a letter "
                    + "or digit, or one of $root, $web, $logs", name);
        }
        return name;
    }

    /**
     * The path without leading, trailing and doubled slashes, backslashes turned to slashes, as Azure's clients and hierarchical
     * accounts do; empty for the root. {@code INVALID_NAME} when a part is {@code .}, {@code ..}, reserved, too long or holds a NUL.
     */
    public static String path(String path) {
        if (path == null) {
            return "";
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.replace('\\', '/').split("/")) {
            if (!segment.isEmpty()) {
                segments.add(segment(segment, path));
            }
        }
        String normal = String.join("/", segments);
        if (normal.length() > MAX_PATH_CHARACTERS || segments.size() > MAX_SEGMENTS) {
            throw failure(StorageError.INVALID_NAME, "Path '%s…' is too long: at most %d characters and %d parts",
                normal.substring(0, Math.min(80, normal.length())), MAX_PATH_CHARACTERS, MAX_SEGMENTS);
        }
        return normal;
    }

    private static String segment(String segment, String path) {
        if (segment.equals(".") || segment.equals("..")) {
            throw failure(StorageError.INVALID_NAME, "Path '%s' has a part '%s'; paths of the lake have none", path, segment);
        }
        if (segment.startsWith(RESERVED_PREFIX)) {
            throw failure(StorageError.INVALID_NAME, "Path '%s' has a part that begins with '%s', which is reserved",
                path, RESERVED_PREFIX);
        }
        if (segment.indexOf('\0') >= 0) {
            throw failure(StorageError.INVALID_NAME, "Path '%s' holds a NUL character", path.replace('\0', '␀'));
        }
        if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
            throw failure(StorageError.INVALID_NAME, "A part of path '%s' is longer than the %d bytes that a file system holds",
                path, MAX_SEGMENT_BYTES);
        }
        return segment;
    }

    static boolean isReserved(String name) {
        return name.startsWith(RESERVED_PREFIX);
    }
}
