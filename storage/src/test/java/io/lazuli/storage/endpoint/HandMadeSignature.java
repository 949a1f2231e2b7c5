package io.lazuli.storage.endpoint;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shared access signatures, also such as this client's library does not make, written down from the tables in "Create an account SAS",
 * "Create a service SAS" and "Create a user delegation SAS".
 */
final class HandMadeSignature {
    private final Map<String, String> fields = new LinkedHashMap<>();

    private HandMadeSignature(Map<String, String> given) {
        fields.putAll(given);
    }

    static HandMadeSignature of(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new HandMadeSignature(fields);
    }

    /** With another field, or another value of it; null takes it away. */
    HandMadeSignature with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return new HandMadeSignature(changed);
    }

    Map<String, String> fields() {
        return fields;
    }

    private boolean since(String version) {
        return fields.get("sv").compareTo(version) >= 0;
    }

    private Stream<String> values(String... names) {
        return Stream.of(names).map(name -> fields.getOrDefault(name, ""));
    }

    HandMadeSignature account(String account, String key) {
        Stream<String> text = Stream.of(Stream.of(account), values("sp", "ss", "srt", "st", "se", "sip", "spr", "sv"),
            since("2020-12-06") ? values("ses") : Stream.<String>empty(), Stream.of("")).flatMap(part -> part);
        return sign(key, text);
    }

    HandMadeSignature service(String resource, String key) {
        return sign(key, Stream.of(values("sp", "st", "se"), Stream.of(resource), values("si", "sip", "spr", "sv"),
            since("2018-11-09") ? kind() : Stream.<String>empty(), values("rscc", "rscd", "rsce", "rscl", "rsct")).flatMap(part -> part));
    }

    /** {@code headers} and {@code queries} are what the request has to have. */
    HandMadeSignature delegated(String resource, String key, Map<String, String> headers, Map<String, String> queries) {
        String srh = headers.entrySet().stream().map(one -> one.getKey() + ":" + one.getValue() + "\n").collect(Collectors.joining());
        String srq = queries.entrySet().stream().map(one -> "\n" + one.getKey() + ":" + one.getValue()).collect(Collectors.joining());
        return sign(key, Stream.of(values("sp", "st", "se"), Stream.of(resource), values("skoid", "sktid", "skt", "ske", "sks", "skv"),
            since("2020-02-10") ? values("saoid", "suoid", "scid") : Stream.<String>empty(),
            since("2025-07-05") ? values("skdutid", "sduoid") : Stream.<String>empty(), values("sip", "spr", "sv"), kind(),
            since("2026-04-06") ? Stream.of(srh, srq) : Stream.<String>empty(),
            values("rscc", "rscd", "rsce", "rscl", "rsct")).flatMap(part -> part));
    }

    private Stream<String> kind() {
        String moment = switch (fields.get("sr")) {
            case "bs" -> "snapshot";
            case "bv" -> "versionid";
            default -> "";
        };
        return Stream.concat(values("sr", moment), since("2020-12-06") ? values("ses") : Stream.empty());
    }

    private HandMadeSignature sign(String key, Stream<String> text) {
        return with("sig", hmac(key, text.collect(Collectors.joining("\n"))));
    }

    static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As a query, with what is to follow as it is. */
    String query(String... more) {
        Stream<String> pairs = fields.entrySet().stream().map(field -> field.getKey() + "=" + encode(field.getValue()));
        return Stream.concat(pairs, List.of(more).stream()).collect(Collectors.joining("&"));
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
