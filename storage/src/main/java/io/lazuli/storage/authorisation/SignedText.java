package io.lazuli.storage.authorisation;

import static io.lazuli.storage.authorisation.SharedAccess.parameter;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The texts that shared access signatures sign, which each version of the service that says so has added fields to. */
final class SignedText {
    private static final List<String> RESPONSE_HEADERS = List.of("rscc", "rscd", "rsce", "rscl", "rsct");
    private static final List<String> DELEGATION = List.of("skoid", "sktid", "skt", "ske", "sks", "skv");

    private SignedText() {
    }

    private static boolean since(Target target, String version) {
        return parameter(target, "sv").compareTo(version) >= 0;
    }

    private static void add(List<String> fields, Target target, List<String> names) {
        names.forEach(name -> fields.add(parameter(target, name)));
    }

    static String account(Target target) {
        List<String> fields = new ArrayList<>(List.of(target.account()));
        add(fields, target, List.of("sp", "ss", "srt", "st", "se", "sip", "spr", "sv"));
        if (since(target, "2020-12-06")) {
            fields.add(parameter(target, "ses"));
        }
        return String.join("\n", fields) + "\n";
    }

    static String service(Target target, String resource) {
        List<String> fields = new ArrayList<>();
        begin(fields, target, resource);
        fields.add(parameter(target, "si"));
        add(fields, target, List.of("sip", "spr", "sv"));
        if (since(target, "2018-11-09")) {
            kind(fields, target);
        }
        add(fields, target, RESPONSE_HEADERS);
        return String.join("\n", fields);
    }

    static String delegated(Target target, String resource, Exchange exchange) {
        List<String> fields = new ArrayList<>();
        begin(fields, target, resource);
        add(fields, target, DELEGATION);
        if (since(target, "2020-02-10")) {
            add(fields, target, List.of("saoid", "suoid", "scid"));
        }
        if (since(target, "2025-07-05")) {
            add(fields, target, List.of("skdutid", "sduoid"));
        }
        add(fields, target, List.of("sip", "spr", "sv"));
        kind(fields, target);
        if (since(target, "2026-04-06")) {
            fields.add(headers(target, exchange));
            fields.add(queries(target));
        }
        add(fields, target, RESPONSE_HEADERS);
        return String.join("\n", fields);
    }

    private static void begin(List<String> fields, Target target, String resource) {
        add(fields, target, List.of("sp", "st", "se"));
        fields.add(resource);
    }

    /** What kind of thing it is for, at which moment, and the encryption scope. */
    private static void kind(List<String> fields, Target target) {
        String kind = parameter(target, "sr");
        fields.add(kind);
        fields.add(kind.equals("bs") ? parameter(target, "snapshot") : kind.equals("bv") ? parameter(target, "versionid") : "");
        if (since(target, "2020-12-06")) {
            fields.add(parameter(target, "ses"));
        }
    }

    /** The headers that a request must have to use the signature, a line each. */
    private static String headers(Target target, Exchange exchange) {
        StringBuilder text = new StringBuilder();
        names(target, "srh").forEach(name -> {
            if (exchange.header(name) == null) {
                throw SharedKey.failed("The signature is for requests with the header " + name + ".");
            }
            text.append(name).append(':').append(exchange.header(name)).append('\n');
        });
        return text.toString();
    }

    private static String queries(Target target) {
        StringBuilder text = new StringBuilder();
        names(target, "srq").forEach(name -> text.append('\n').append(name).append(':')
            .append(parameter(target, name.toLowerCase(Locale.ROOT))));
        return text.toString();
    }

    /** The names in a list such as {@code srh}. */
    static Stream<String> names(Target target, String list) {
        return Stream.of(parameter(target, list).split(",")).filter(name -> !name.isEmpty());
    }
}
