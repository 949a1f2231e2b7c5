package io.lazuli.storage.authorisation;

import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import io.lazuli.storage.metadata.ContainerRecord.AccessPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shared access signatures of an account and of a service: what the parameters {@code sv}, {@code sp}, {@code se}, {@code sig} and others
 * of a request allow. See "Create an account SAS" and "Create a service SAS" in the storage services' reference.
 */
final class SharedAccess {
    /** The stored access policy of a container, by container and id. */
    interface Policies {
        Optional<AccessPolicy> find(String account, String container, String id);
    }

    private final AccountKeys keys;
    private final Policies policies;

    SharedAccess(AccountKeys keys, Policies policies) {
        this.keys = keys;
        this.policies = policies;
    }

    /**
     * Lets a request pass or fails.
     *
     * @param secure whether the request came over TLS
     */
    void verify(Target target, Need need, boolean secure, String address) {
        byte[] key = keys.find(target.account()).orElseThrow(() -> SharedKey.failed("There is no account '" + target.account() + "'."));
        if (target.parameter("skoid") != null) {
            throw ServiceFailure.notImplemented("user delegation shared access signatures");
        }
        if (target.parameter("ss") != null) {
            account(target, key, need);
        } else {
            service(target, key, need);
        }
        if (parameter(target, "spr").equals("https") && !secure) {
            throw new ServiceFailure(403, "AuthorizationProtocolMismatch",
                "This request is not authorized to perform this operation using this protocol.");
        }
        if (!allows(parameter(target, "sip"), address)) {
            throw new ServiceFailure(403, "AuthorizationSourceIPMismatch",
                "This request is not authorized to perform this operation using this source IP " + address + ".");
        }
    }

    private static String parameter(Target target, String name) {
        return Optional.ofNullable(target.parameter(name)).orElse("");
    }

    private static void account(Target target, byte[] key, Need need) {
        String text = Stream.concat(Stream.of(target.account()),
            Stream.of("sp", "ss", "srt", "st", "se", "sip", "spr", "sv").map(name -> parameter(target, name)))
            .collect(Collectors.joining("\n")) + "\n";
        String scoped = text + parameter(target, "ses") + "\n";
        requireSignature(target, key, List.of(scoped, text));
        requireTime(parameter(target, "st"), parameter(target, "se"));
        if (parameter(target, "ss").indexOf('b') < 0) {
            throw new ServiceFailure(403, "AuthorizationServiceMismatch",
                "This request is not authorized to perform this operation using this service.");
        }
        if (parameter(target, "srt").indexOf(need.level()) < 0) {
            throw new ServiceFailure(403, "AuthorizationResourceTypeMismatch",
                "This request is not authorized to perform this operation using this resource type.");
        }
        requirePermission(parameter(target, "sp"), need.permissions());
    }

    private void service(Target target, byte[] key, Need need) {
        String resource = parameter(target, "sr");
        String canonical = "/blob/" + target.account() + "/" + target.container();
        List<String> resources = switch (resource) {
            case "c" -> List.of(canonical);
            case "b" -> List.of(canonical + "/" + target.path());
            case "d" -> List.of(canonical + "/" + directory(target, need));
            case "bs", "bv" -> throw ServiceFailure.notImplemented("signatures of snapshots and versions");
            default -> throw SharedKey.failed("Signed resource '" + resource + "' is not one of c, b and d.");
        };
        requireSignature(target, key, resources.stream().flatMap(name -> texts(target, name).stream()).toList());
        if (!need.serviceToo() || need.level() == 'c' && resource.equals("b")) {
            throw Need.denied();
        }
        String id = parameter(target, "si");
        AccessPolicy policy = id.isEmpty() ? new AccessPolicy("", null, null, null)
            : policies.find(target.account(), target.container(), id).orElseThrow(
                () -> SharedKey.failed("There is no stored access policy '" + id + "'."));
        requireTime(either(target, "st", policy.start()), either(target, "se", policy.expiry()));
        requirePermission(either(target, "sp", policy.permissions()), need.permissions());
    }

    private static String either(Target target, String name, String stored) {
        return stored == null || stored.isEmpty() ? parameter(target, name) : stored;
    }

    /** The directory that a signature speaks of: so many parts of the path as it says. */
    private static String directory(Target target, Need need) {
        String depth = parameter(target, "sdd");
        String path = need.level() == 'c' ? parameter(target, "directory") : target.path();
        String[] parts = BlobAddress.of(target.account(), target.container(), path).path().split("/");
        if (!depth.matches("\\d{1,3}") || Integer.parseInt(depth) > parts.length) {
            throw SharedKey.failed("The signed directory is not above the path.");
        }
        return Stream.of(parts).limit(Integer.parseInt(depth)).collect(Collectors.joining("/"));
    }

    /** The texts that may have been signed: versions of the service have added fields. */
    private static List<String> texts(Target target, String resource) {
        String begin = String.join("\n", parameter(target, "sp"), parameter(target, "st"), parameter(target, "se"), resource,
            parameter(target, "si"), parameter(target, "sip"), parameter(target, "spr"), parameter(target, "sv"));
        String end = String.join("\n", parameter(target, "rscc"), parameter(target, "rscd"), parameter(target, "rsce"),
            parameter(target, "rscl"), parameter(target, "rsct"));
        String kind = parameter(target, "sr");
        return List.of(begin + "\n" + kind + "\n\n" + parameter(target, "ses") + "\n" + end, begin + "\n" + kind + "\n\n" + end,
            begin + "\n" + end);
    }

    private static void requireSignature(Target target, byte[] key, List<String> texts) {
        String signature = parameter(target, "sig");
        if (texts.stream().noneMatch(text -> Signature.matches(key, text, signature))) {
            throw SharedKey.failed("Signature did not match. String to sign used was " + texts.getFirst());
        }
    }

    private static void requireTime(String start, String expiry) {
        Instant now = Instant.now();
        Instant from = start.isEmpty() ? Instant.MIN : time(start);
        Instant until = expiry.isEmpty() ? null : time(expiry);
        if (until == null || from == null || now.isBefore(from) || !now.isBefore(until)) {
            throw SharedKey.failed("Signed expiry time [" + expiry + "] has to be after signed start time [" + start
                + "], and the current time between them.");
        }
    }

    private static Instant time(String text) {
        String complete = text.matches("\\d{4}-\\d{2}-\\d{2}") ? text + "T00:00:00Z"
            : text.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}Z") ? text.replace("Z", ":00Z") : text;
        return HttpDates.parse(complete);
    }

    private static void requirePermission(String signed, String needed) {
        if (needed.chars().noneMatch(permission -> signed.indexOf(permission) >= 0)) {
            throw Need.denied();
        }
    }

    private static boolean allows(String range, String address) {
        if (range.isEmpty()) {
            return true;
        }
        String[] ends = range.split("-");
        long given = number(address);
        return given >= number(ends[0]) && given <= number(ends[ends.length - 1]);
    }

    /** An address of four numbers as one; -1 for another. */
    private static long number(String address) {
        if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return -1;
        }
        return Stream.of(address.split("\\.")).mapToLong(Long::parseLong).reduce(0, (all, part) -> all * 256 + part);
    }
}
