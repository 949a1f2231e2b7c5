package io.lazuli.storage.authorisation;

import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.principal.Tenant;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.http.Caller;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Guid;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import io.lazuli.storage.metadata.ContainerRecord.AccessPolicy;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shared access signatures of an account, of a service and of a user delegation: what the parameters {@code sv}, {@code sp}, {@code se},
 * {@code sig} and others of a request allow. See "Create an account SAS", "Create a service SAS" and "Create a user delegation SAS" in the
 * storage services' reference.
 */
final class SharedAccess {
    /** The stored access policy of a container, by container and id. */
    interface Policies {
        Optional<AccessPolicy> find(String account, String container, String id);
    }

    private static final Caller UNNAMED = new Caller(Caller.Authentication.SAS, Optional.empty(), null, true);

    private final AccountKeys keys;
    private final UserDelegationKeys delegation;
    private final Tenant tenant;
    private final Policies policies;

    SharedAccess(AccountKeys keys, UserDelegationKeys delegation, Tenant tenant, Policies policies) {
        this.keys = keys;
        this.delegation = delegation;
        this.tenant = tenant;
        this.policies = policies;
    }

    /** Whether a signature came with the request. */
    static boolean signs(Target target) {
        return target.parameter("sig") != null;
    }

    /**
     * Lets a request pass as far as the signature goes, or fails.
     *
     * @param secure whether the request came over TLS
     * @return on whose behalf it is made; whoever made a user delegation is to be asked for its own rights besides
     */
    Caller verify(Target target, Need need, Exchange exchange, boolean secure) {
        SignedFields.require(target);
        byte[] key = keys.find(target.account()).orElseThrow(() -> SharedKey.failed("There is no account '" + target.account() + "'."));
        Caller caller = UNNAMED;
        if (target.parameter("ss") != null) {
            account(target, key, need);
        } else if (target.parameter("skoid") != null) {
            caller = delegated(target, need, exchange);
        } else {
            service(target, key, need);
        }
        requireWay(target, exchange.remoteAddress(), secure);
        return caller;
    }

    private static void requireWay(Target target, String address, boolean secure) {
        if (parameter(target, "spr").equals("https") && !secure) {
            throw new ServiceFailure(403, "AuthorizationProtocolMismatch",
                "This request is not authorized to perform this operation using this protocol.");
        }
        if (!allows(parameter(target, "sip"), address)) {
            throw new ServiceFailure(403, "AuthorizationSourceIPMismatch",
                "This request is not authorized to perform this operation using this source IP " + address + ".");
        }
    }

    static String parameter(Target target, String name) {
        return Optional.ofNullable(target.parameter(name)).orElse("");
    }

    private static void account(Target target, byte[] key, Need need) {
        requireSignature(target, key, SignedText.account(target));
        requireTime(parameter(target, "st"), parameter(target, "se"));
        if (parameter(target, "ss").indexOf('b') < 0) {
            throw new ServiceFailure(403, "AuthorizationServiceMismatch",
                "This request is not authorized to perform this operation using this service.");
        }
        if (parameter(target, "srt").indexOf(need.level()) < 0) {
            throw new ServiceFailure(403, "AuthorizationResourceTypeMismatch",
                "This request is not authorized to perform this operation using this resource type.");
        }
        requirePermission(parameter(target, "sp"), need);
    }

    private void service(Target target, byte[] key, Need need) {
        requireSignature(target, key, SignedText.service(target, resource(target, need)));
        requireReach(target, need);
        String id = parameter(target, "si");
        AccessPolicy policy = id.isEmpty() ? new AccessPolicy("", null, null, null)
            : policies.find(target.account(), target.container(), id).orElseThrow(
                () -> SharedKey.failed("There is no stored access policy '" + id + "'."));
        requireTime(either(target, "st", policy.start()), either(target, "se", policy.expiry()));
        requirePermission(either(target, "sp", policy.permissions()), need);
    }

    private Caller delegated(Target target, Need need, Exchange exchange) {
        UserDelegationKeys.Subject subject = new UserDelegationKeys.Subject(target.account(), parameter(target, "skoid"),
            parameter(target, "sktid"), parameter(target, "skt"), parameter(target, "ske"), parameter(target, "sks"),
            parameter(target, "skv"), parameter(target, "skdutid"));
        byte[] key = Base64.getDecoder().decode(delegation.key(subject));
        requireSignature(target, key, SignedText.delegated(target, resource(target, need), exchange));
        requireReach(target, need);
        requireTime(subject.start(), subject.expiry());
        requireTime(parameter(target, "st"), parameter(target, "se"));
        requirePermission(parameter(target, "sp"), need);
        Principal principal = tenant.withObjectId(subject.objectId())
            .orElseThrow(() -> SharedKey.failed("There is no principal with the object id of the user delegation key."));
        String correlation = target.parameter("scid");
        if (correlation != null && !Guid.matches(correlation)) {
            throw SharedKey.failed("The signed correlation id is no GUID.");
        }
        return new Caller(Caller.Authentication.USER_DELEGATION, Optional.of(principal), correlation, false);
    }

    /**
     * A signature of a container, directory or blob does not reach to the account, nor one of a blob to its container, nor one of a
     * directory to a search in its container.
     */
    private static void requireReach(Target target, Need need) {
        String kind = parameter(target, "sr");
        boolean within = kind.startsWith("b") || kind.equals("d") && need.permissions().equals("f");
        if (!need.serviceToo() || need.level() == 'c' && within) {
            throw new ServiceFailure(403, "AuthorizationFailure", "This request is not authorized to perform this operation.");
        }
    }

    /** What the signature speaks of, as it is signed. */
    private static String resource(Target target, Need need) {
        String canonical = "/blob/" + target.account() + "/" + target.container();
        return switch (parameter(target, "sr")) {
            case "c" -> canonical;
            case "b", "bs", "bv" -> canonical + "/" + target.path();
            case "d" -> canonical + "/" + directory(target, need);
            default -> throw new IllegalArgumentException(parameter(target, "sr"));
        };
    }

    private static String either(Target target, String name, String stored) {
        return stored == null || stored.isEmpty() ? parameter(target, name) : stored;
    }

    /** The directory that a signature speaks of: so many parts of the path as it says. */
    private static String directory(Target target, Need need) {
        String depth = parameter(target, "sdd");
        String path = need.level() == 'c' ? listed(target) : target.path();
        String[] parts = BlobAddress.of(target.account(), target.container(), path).path().split("/");
        if (!depth.matches("0|[1-9]\\d{0,2}") || Integer.parseInt(depth) > parts.length) {
            throw SharedKey.failed("The signed directory is not above the path.");
        }
        return Stream.of(parts).limit(Integer.parseInt(depth)).collect(Collectors.joining("/"));
    }

    /** The directory that a list of a container is of: that of paths, or the whole directories in the prefix of blobs. */
    private static String listed(Target target) {
        String prefix = parameter(target, "prefix");
        return target.parameter("comp") == null ? parameter(target, "directory")
            : prefix.substring(0, Math.max(prefix.lastIndexOf('/'), 0));
    }

    private static void requireSignature(Target target, byte[] key, String text) {
        if (!Signature.matches(key, text, parameter(target, "sig"))) {
            throw SharedKey.failed("Signature did not match. String to sign used was " + text);
        }
    }

    private static void requireTime(String start, String expiry) {
        Instant now = Instant.now();
        Instant from = start.isEmpty() ? Instant.MIN : HttpDates.parseIso(start);
        Instant until = expiry.isEmpty() ? null : HttpDates.parseIso(expiry);
        if (until == null || from == null || now.isBefore(from) || !now.isBefore(until)) {
            throw SharedKey.failed("Signed expiry time [" + expiry + "] has to be after signed start time [" + start
                + "], and the current time between them.");
        }
    }

    private static void requirePermission(String signed, Need need) {
        if (!need.isGivenBy(signed)) {
            throw need.isTooMuchFor(signed) ? Need.noOverwrite() : Need.denied();
        }
    }

    private static boolean allows(String range, String address) {
        if (range.isEmpty()) {
            return true;
        }
        String[] ends = range.split("-", 2);
        long given = number(address);
        return given >= 0 && number(ends[0]) >= 0 && given >= number(ends[0]) && given <= number(ends[ends.length - 1]);
    }

    /** An address of four numbers as one; -1 for another. */
    private static long number(String address) {
        if (!address.matches("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}")) {
            return -1;
        }
        return Stream.of(address.split("\\.")).mapToLong(Long::parseLong).reduce(0, (all, part) -> all * 256 + part);
    }
}
