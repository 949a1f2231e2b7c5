package io.lazuli.storage;

import static io.lazuli.foundation.LazuliException.failure;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of the lake as people write it: {@code account/container/path}, {@code abfss://container@account.dfs.core.windows.net/path},
 * {@code wasbs://…}, or {@code https://account.blob.core.windows.net/container/path}.
 *
 * @param account empty for the whole lake
 * @param container empty for the whole account
 * @param path empty for the whole container
 */
public record LakeAddress(String account, String container, String path) {
    private static final Pattern HADOOP = Pattern.compile("(?:abfss?|wasbs?)://([^@/]+)@([^./]+)(?:\\.[^/]*)?/?(.*)", Pattern.DOTALL);
    private static final Pattern WEB = Pattern.compile(
        "https?://([^./]+)\\.(?:blob|dfs)\\.[^/]+/?([^/?]*)/?([^?]*)(?:\\?.*)?", Pattern.DOTALL);

    /** Reads an address; {@code INVALID_NAME} for names that Azure would refuse and for URLs of something else. */
    public static LakeAddress parse(String text) {
        Matcher hadoop = HADOOP.matcher(text);
        if (hadoop.matches()) {
            return checked(hadoop.group(2), hadoop.group(1), hadoop.group(3));
        }
        Matcher web = WEB.matcher(text);
        if (web.matches()) {
            return checked(web.group(1), web.group(2), decoded(web.group(3)));
        }
        if (text.contains("://")) {
            throw failure(StorageError.INVALID_NAME, "'%s' is not a URL of a storage account; expected account/container/path, "
                + "abfss://container@account.dfs.core.windows.net/path or https://account.blob.core.windows.net/container/path", text);
        }
        String[] parts = text.replaceFirst("^/+", "").split("/+", 3);
        return checked(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    }

    private static String decoded(String path) {
        try {
            // A plus sign is itself in a path.
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw failure(StorageError.INVALID_NAME, "'%s' is not a well-formed URL: %s", path, malformed.getMessage(), malformed);
        }
    }

    private static LakeAddress checked(String account, String container, String path) {
        if (!account.isEmpty()) {
            LakeNames.account(account);
        }
        if (!container.isEmpty()) {
            LakeNames.container(container);
        }
        return new LakeAddress(account, container, LakeNames.path(path));
    }

    /** Whether a text is an address rather than a path of this machine: a URL, or a path that begins with an account's name. */
    public static boolean isAddress(String text) {
        return text.contains("://") || text.matches("[a-z0-9]{3,24}/.+");
    }

    /** The address of something in this folder. */
    public LakeAddress child(String name) {
        return new LakeAddress(account, container, path.isEmpty() ? name : path + "/" + name);
    }

    @Override
    public String toString() {
        String text = account + (container.isEmpty() ? "" : "/" + container);
        return path.isEmpty() ? text : text + "/" + path;
    }
}
