package io.lazuli.storage.authorisation;

import io.lazuli.storage.http.Target;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether the parameters of a shared access signature are such as its version has: what a version does not sign must not have a meaning,
 * or whoever has a signature could widen it.
 */
final class SignedFields {
    private static final String FIRST = "2015-04-05";
    private static final String FIRST_DELEGATION = "2018-11-09";
    private static final List<String> NAMES = List.of("sv", "ss", "srt", "sr", "sp", "st", "se", "sip", "spr", "si", "sig", "ses", "sdd",
        "skoid", "sktid", "skt", "ske", "sks", "skv", "skdutid", "saoid", "suoid", "scid", "sduoid", "srh", "srq", "rscc", "rscd", "rsce",
        "rscl", "rsct", "snapshot", "versionid");
    private static final Map<String, String> SINCE = Map.of("ses", "2020-12-06", "saoid", "2020-02-10", "suoid", "2020-02-10",
        "scid", "2020-02-10", "skdutid", "2025-07-05", "sduoid", "2025-07-05", "srh", "2026-04-06", "srq", "2026-04-06");
    private static final Map<String, String> KINDS = Map.of("b", FIRST, "c", FIRST, "bs", "2018-11-09", "bv", "2018-11-09",
        "d", "2020-02-10");
    private static final List<String> PROTOCOLS = List.of("", "https", "https,http", "http,https");

    private SignedFields() {
    }

    /** Lets those pass that mean one thing only, or fails with {@code AuthenticationFailed}. */
    static void require(Target target) {
        String version = SharedAccess.parameter(target, "sv");
        boolean delegated = target.parameter("ss") == null && target.parameter("skoid") != null;
        if (!version.matches("\\d{4}-\\d{2}-\\d{2}") || version.compareTo(delegated ? FIRST_DELEGATION : FIRST) < 0) {
            throw SharedKey.failed("Signed version '" + version + "' is missing, malformed or too old.");
        }
        NAMES.forEach(name -> requireOne(target, name));
        SignedText.names(target, "srq").forEach(name -> requireOne(target, name.toLowerCase(Locale.ROOT)));
        SINCE.forEach((name, since) -> {
            if (target.parameter(name) != null && version.compareTo(since) < 0) {
                throw SharedKey.failed("'" + name + "' is signed from version " + since + " on.");
            }
        });
        requireKind(target, version);
        if (!PROTOCOLS.contains(SharedAccess.parameter(target, "spr"))) {
            throw SharedKey.failed("Signed protocol is not one of https and https,http.");
        }
    }

    /** Given once, and without line ends, which separate the fields in what is signed. */
    private static void requireOne(Target target, String name) {
        List<String> values = target.query().getOrDefault(name, List.of());
        if (values.size() > 1 || values.stream().anyMatch(value -> value.chars().anyMatch(Character::isISOControl))) {
            throw SharedKey.failed("'" + name + "' is given more than once, or has signs that cannot be printed.");
        }
    }

    private static void requireKind(Target target, String version) {
        String kind = SharedAccess.parameter(target, "sr");
        if (target.parameter("ss") == null && (!KINDS.containsKey(kind) || version.compareTo(KINDS.get(kind)) < 0)) {
            throw SharedKey.failed("Signed resource '" + kind + "' is not one of c, b, bs, bv and d, or not in version " + version + ".");
        }
    }
}
