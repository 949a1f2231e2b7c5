package io.lazuli.storage.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request is about.
 *
 * @param account empty when neither the host, the path nor the signature names one
 * @param container empty for the account itself
 * @param path of the blob, decoded; empty for the container itself
 * @param rawPath as it was sent, which signatures are made of
 * @param query values by lower-case name, decoded
 * @param dfsHost whether the host is that of the Data Lake endpoint
 * @param flat whether the account has flat names, in which a slash is a sign like others
 * @param secondary whether the account's secondary endpoint was named, in the host or the path
 */
public record Target(
        String account, String container, String path, String rawPath, Map<String, List<String>> query, boolean dfsHost, boolean flat,
        boolean secondary) {
    private static final Pattern SERVICE_HOST = Pattern.compile("([a-z0-9]{3,24})(?:-secondary)?\\.(?:[a-z0-9]+\\.)?(blob|dfs)\\..+");
    private static final Pattern SIGNER = Pattern.compile("SharedKey(?:Lite)? ([a-z0-9]+)(?:-secondary)?:");
    private static final String SECONDARY = "-secondary";
    private static final String ROOT = "$root";
    /** Parameters of which a request for a container or a file system has one. */
    private static final List<String> OF_CONTAINERS = List.of("restype", "resource", "action", "recursive", "mode", "upn");

    /** In an account with hierarchical names. */
    public Target(String account, String container, String path, String rawPath, Map<String, List<String>> query, boolean dfsHost) {
        this(account, container, path, rawPath, query, dfsHost, false, false);
    }

    /**
     * Reads the account from the host, else from the path, else from the signature.
     *
     * @param isAccount tells whether the lake has an account of that name
     */
    public static Target of(String host, String rawPath, String rawQuery, String authorization, Predicate<String> isAccount) {
        Map<String, List<String>> query = query(rawQuery);
        String lower = host == null ? "" : host.toLowerCase(Locale.ROOT);
        Matcher service = SERVICE_HOST.matcher(lower.contains(".blob.") || lower.contains(".dfs.") ? lower : "");
        String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
        if (service.matches()) {
            return within(service.group(1), path, rawPath, query, service.group(2).equals("dfs"))
                .withSecondary(lower.startsWith(service.group(1) + SECONDARY));
        }
        String first = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        String decoded = decode(first);
        String account = decoded.endsWith(SECONDARY) ? decoded.substring(0, decoded.length() - SECONDARY.length()) : decoded;
        Matcher signer = SIGNER.matcher(authorization == null ? "" : authorization);
        if (signer.lookingAt() && !signer.group(1).equals(account) && isAccount.test(signer.group(1))) {
            return within(signer.group(1), path, rawPath, query, false);
        }
        return within(account, path.substring(Math.min(first.length() + 1, path.length())), rawPath, query, false)
            .withSecondary(!account.equals(decoded));
    }

    /** Whether a host's name is that of a storage account's service. */
    public static boolean isService(String host) {
        return SERVICE_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static Target within(String account, String path, String rawPath, Map<String, List<String>> query, boolean dfsHost) {
        int slash = path.indexOf('/');
        String container = decode(slash < 0 ? path : path.substring(0, slash));
        // The service takes one slash for the other.
        String blob = slash < 0 ? "" : decode(path.substring(slash + 1)).replace('\\', '/');
        return new Target(account, container, blob, rawPath, query, dfsHost);
    }

    /** Percent signs only: a plus sign in a path is a plus sign. */
    public static String decode(String text) {
        return text.indexOf('%') < 0 ? text : decodeForm(text.replace("+", "%2B"));
    }

    private static String decodeForm(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ServiceFailure.badRequest("InvalidUri", "The requested URI does not represent any resource on the server.");
        }
    }

    /** In a query a plus sign is a space, as in forms. */
    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new TreeMap<>();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = decodeForm(equals < 0 ? pair : pair.substring(0, equals)).toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : decodeForm(pair.substring(equals + 1));
            if (!name.isEmpty()) {
                query.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return query;
    }

    private Target withSecondary(boolean named) {
        return new Target(account, container, path, rawPath, query, dfsHost, flat, named);
    }

    /** The first value of a query parameter, or null. */
    public String parameter(String name) {
        List<String> values = query.get(name);
        return values == null ? null : values.getFirst();
    }

    /** The same with other parameters. */
    public Target withQuery(String rawQuery) {
        return new Target(account, container, path, rawPath, query(rawQuery), dfsHost, flat, secondary);
    }

    /**
     * A blob of the root container when one name alone is given, which without {@code restype} and others means no container. With a slash
     * behind it, it means the root directory of a file system.
     */
    public Target withRoot() {
        boolean directory = rawPath.endsWith("/") || rawPath.toUpperCase(Locale.ROOT).endsWith("%2F");
        boolean container = directory || OF_CONTAINERS.stream().anyMatch(query::containsKey);
        return this.container.isEmpty() || !path.isEmpty() || container ? this : withPath(ROOT, this.container);
    }

    /** The same request about another resource, as operations of a batch are. */
    public Target withPath(String container, String path) {
        return new Target(account, container, path, rawPath, query, dfsHost, flat, secondary);
    }

    /** The same in an account whose names are flat or not. */
    public Target withFlatNames(boolean flat) {
        return new Target(account, container, path, rawPath, query, dfsHost, flat, secondary);
    }
}
