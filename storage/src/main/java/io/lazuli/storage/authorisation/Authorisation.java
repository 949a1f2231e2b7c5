package io.lazuli.storage.authorisation;

import io.lazuli.foundation.LazuliException;
import io.lazuli.governance.audit.AuditEvent;
import io.lazuli.governance.principal.Principal;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.RenameSource;
import io.lazuli.storage.http.Caller;
import io.lazuli.storage.http.DataLakeRequest;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lets a request pass or refuses it, before anything else is looked at. */
public final class Authorisation {
    /** What anybody may ask of a path that is public. */
    private static final Set<String> PUBLIC_ACTIONS = Set.of("", "getStatus");
    /** What anybody may ask of a container that is public as a whole, besides its properties. */
    private static final Set<String> PUBLIC_OF_CONTAINERS = Set.of("list", "metadata");

    private static final String SOURCE_AUTHORIZATION = "x-ms-copy-source-authorization";

    private final StorageSecurity security;
    private final Containers containers;
    private final Blobs blobs;
    private final Directories directories;
    private final SharedAccess signatures;
    private final Bearer bearer;
    private final PrincipalAccess principals;

    /** {@code hierarchical} tells whether an account has directories, and with them access lists. */
    public Authorisation(StorageSecurity security, Containers containers, Blobs blobs, Directories directories,
            Predicate<String> hierarchical) {
        this.security = security;
        this.containers = containers;
        this.blobs = blobs;
        this.directories = directories;
        this.bearer = new Bearer(security.tokens());
        this.principals = new PrincipalAccess(security.roles(), new PathRights(blobs, directories), hierarchical);
        this.signatures = new SharedAccess(security.keys(), security.delegation(), security.tokens().tenant(),
            (account, container, id) -> containers.require(account, container).record().policies()
                .stream().filter(policy -> policy.id().equals(id)).findFirst());
    }

    /** Fails with Azure's codes when the request is not allowed. What is refused and what changes rights is noted down. */
    public void check(Exchange exchange) {
        // Whoever has the account's key may do both.
        Need need = Need.of(exchange, () -> !SharedKey.signs(exchange) && exists(exchange.target()));
        exchange.setNames(this::name);
        try {
            decide(exchange, exchange.target(), Stream.concat(Stream.of(need), Need.besides(exchange).stream()).toList());
        } catch (ServiceFailure failure) {
            if (failure.status() == 401) {
                exchange.set("WWW-Authenticate", bearer.challenge(exchange));
            }
            if (failure.status() == 401 || failure.status() == 403 || failure.code().equals("InvalidAuthenticationInfo")) {
                note(exchange, "denied", failure.code());
            }
            throw failure;
        }
        if (need.changesRights()) {
            note(exchange, "allowed", null);
        }
        if (!SharedKey.signs(exchange)) {
            exchange.setReplacing(target -> requireReplacing(exchange, need, target));
        }
    }

    /** Asks once more when the request comes upon something that was not there, or ends elsewhere. */
    private void requireReplacing(Exchange exchange, Need before, Target target) {
        if (before.path() == PathRight.CREATE || !target.equals(exchange.target())) {
            decide(exchange, target, List.of(Need.of(exchange, () -> exists(target))));
        }
    }

    /** Notes down that a change of rights, which was allowed, has failed, or that the operation itself has refused it. */
    public void noteFailure(Exchange exchange, ServiceFailure failure) {
        if (failure.status() == 403) {
            note(exchange, "denied", failure.code());
        } else if (Need.of(exchange, () -> false).changesRights()) {
            note(exchange, "failed", failure.code());
        }
    }

    private void decide(Exchange exchange, Target target, List<Need> needs) {
        String authorization = exchange.header("Authorization");
        boolean token = authorization != null && authorization.startsWith(Bearer.SCHEME);
        if (SharedAccess.signs(target) && (authorization == null || token)) {
            needs.forEach(need -> signed(exchange, target, need, token ? authorization : null));
        } else if (token) {
            Principal principal = bearer.principal(exchange, authorization);
            requireAccount(target);
            exchange.setCaller(Caller.signed(principal, principals.isSuperuser(principal, target)));
            needs.forEach(need -> requireAllowed(principal, need, target, exchange));
            source(exchange).ifPresent(source -> requireAllowed(principal, Need.moving(), source, exchange));
        } else if (authorization != null) {
            SharedKey.verify(exchange, authorization, security.keys());
            exchange.setCaller(Caller.ACCOUNT_OWNER);
        } else if (!isPublic(exchange)) {
            throw new ServiceFailure(401, "NoAuthenticationInformation", "Server failed to authenticate the request. Please refer to the "
                + "information in the www-authenticate header.");
        }
    }

    private String name(String objectId) {
        return security.tokens().tenant().withObjectId(objectId).filter(principal -> principal.kind() == Principal.Kind.USER)
            .map(Principal::name).orElse(objectId);
    }

    /** There are accounts only where keys are; a token says nothing of that. */
    private void requireAccount(Target target) {
        if (security.keys().find(target.account()).isEmpty()) {
            throw Need.denied();
        }
    }

    private void requireAllowed(Principal principal, Need need, Target target, Exchange exchange) {
        if (!principals.allows(principal, need, target, exchange)) {
            throw refused(principal, need, target);
        }
    }

    private ServiceFailure refused(Principal principal, Need need, Target target) {
        return need.path() == PathRight.REPLACE && principals.creates(principal, target) ? Need.noOverwrite() : Need.denied();
    }

    private void signed(Exchange exchange, Target target, Need need, String authorization) {
        exchange.setCaller(permitted(target, need, exchange, exchange.isSecure(), authorization));
        source(exchange).ifPresent(source -> permitted(source, Need.moving(), exchange, exchange.isSecure(), authorization));
    }

    /**
     * Who is let in by a signature. A user delegation gives no more than the rights of whoever made it; it may name another user, whom
     * access lists must allow it, or for whom it vouches.
     */
    private Caller permitted(Target target, Need need, Exchange exchange, boolean secure, String authorization) {
        Caller caller = signatures.verify(target, need, exchange, secure);
        if (caller.principal().isEmpty()) {
            return caller;
        }
        Principal delegator = caller.principal().get();
        requireDelegated(target, exchange, authorization);
        String vouched = SharedAccess.parameter(target, "saoid");
        String checked = SharedAccess.parameter(target, "suoid");
        if (vouched.isEmpty() && checked.isEmpty()) {
            requireAllowed(delegator, need, target, exchange);
            return new Caller(caller.authentication(), caller.principal(), caller.correlation(),
                principals.isSuperuser(delegator, target));
        }
        if (!vouched.isEmpty() && !checked.isEmpty()) {
            throw SharedKey.failed("Only one of saoid and suoid may be given.");
        }
        Principal agent = agent(vouched.isEmpty() ? checked : vouched);
        if (!principals.isSuperuser(delegator, target)) {
            throw Need.denied();
        }
        if (vouched.isEmpty() && !principals.allowsByAccessLists(agent, need, target, exchange)) {
            throw refused(agent, need, target);
        }
        return new Caller(caller.authentication(), Optional.of(agent), caller.correlation(), !vouched.isEmpty());
    }

    /** A signature may be for a certain user, who then has to send a token too. */
    private void requireDelegated(Target target, Exchange exchange, String authorization) {
        String user = SharedAccess.parameter(target, "sduoid");
        if (user.isEmpty()) {
            return;
        }
        if (authorization == null || !bearer.principal(exchange, authorization).objectId().equalsIgnoreCase(user)) {
            throw SharedKey.failed("The signature is for the user with the object id " + user + ", whose token has to come with it.");
        }
    }

    /** A user that only the signer knows is one as well. */
    private Principal agent(String objectId) {
        return security.tokens().tenant().withObjectId(objectId)
            .orElseGet(() -> new Principal(Principal.Kind.USER, objectId, objectId, null, Set.of()));
    }

    /** What a rename takes from its place, empty for other requests. */
    private Optional<Target> source(Exchange exchange) {
        if (exchange.header(RenameSource.HEADER) == null) {
            return Optional.empty();
        }
        RenameSource source = RenameSource.of(exchange, containers, account -> security.keys().find(account).isPresent());
        return Optional.of(source.target(exchange.target()));
    }

    private void note(Exchange exchange, String outcome, String code) {
        Caller caller = exchange.caller();
        Target target = exchange.target();
        String principal = caller.principal().map(Principal::objectId)
            .orElse(caller.authentication() == Caller.Authentication.ANONYMOUS ? null : target.account());
        security.audit().append(new AuditEvent(Instant.now(), principal, caller.principal().map(Principal::name).orElse(null),
            caller.authentication().title(), exchange.operation(), "/" + target.account() + "/" + target.container() + "/" + target.path(),
            outcome, code, exchange.remoteAddress(), exchange.requestId()));
    }

    private boolean exists(Target target) {
        try {
            BlobAddress address = BlobAddress.of(target);
            return !target.path().isEmpty() && containers.exists(target.account(), target.container())
                && (blobs.find(address).isPresent() || directories.find(address).isPresent());
        } catch (LazuliException | ServiceFailure noSuchName) {
            return false;
        }
    }

    /** Whether everybody may do it: read a blob of a public container, or list one that is public as a whole. */
    private boolean isPublic(Exchange exchange) {
        Target target = exchange.target();
        boolean reads = exchange.sentMethod().equals("GET") || exchange.sentMethod().equals("HEAD");
        if (!reads || !exchange.method().equals(exchange.sentMethod()) || security.keys().find(target.account()).isEmpty()
                || target.container().isEmpty() || !containers.exists(target.account(), target.container())) {
            return false;
        }
        String access = containers.require(target.account(), target.container()).record().publicAccess();
        String resource = DataLakeRequest.is(exchange) ? SharedAccess.parameter(target, "resource") : "";
        if (resource.equals("account") || !PUBLIC_ACTIONS.contains(SharedAccess.parameter(target, "action"))) {
            return false;
        }
        boolean within = !target.path().isEmpty() && !resource.equals("filesystem");
        boolean blob = within && isReading(target);
        boolean list = "container".equals(access) && !within && (target.parameter("comp") == null
            || PUBLIC_OF_CONTAINERS.contains(SharedAccess.parameter(target, "comp")));
        return access != null && (blob || list);
    }

    /** Whether a reading request is about what everybody may know of a public blob: not its tags, nor blocks that are not committed. */
    private static boolean isReading(Target target) {
        return switch (target.parameter("comp")) {
            case null -> true;
            case "metadata", "pagelist" -> true;
            case "blocklist" -> List.of("", "committed").contains(SharedAccess.parameter(target, "blocklisttype"));
            default -> false;
        };
    }

    /**
     * Fails with 401 or 403 when the request may not read the source that it names.
     *
     * @param ownAccount whether what the request itself may read in its account needs nothing more
     */
    public void requireSource(Exchange exchange, Target source, boolean ownAccount) {
        ServiceFailure refused = new ServiceFailure(401, "NoAuthenticationInformation",
            "Server failed to authenticate the request for the source.");
        try {
            if (Need.ofSource(exchange).stream().allMatch(need -> mayRead(exchange, source, need, ownAccount))) {
                return;
            }
        } catch (ServiceFailure failure) {
            refused = failure;
        }
        // What is refused with 403 is noted down anyway.
        if (refused.status() == 401) {
            note(exchange, "denied", "CannotVerifyCopySource");
        }
        throw refused;
    }

    /** By what the source's URL signs, by a token for the source, by what the request itself comes with, or as everybody. */
    private boolean mayRead(Exchange exchange, Target source, Need need, boolean ownAccount) {
        if (SharedAccess.signs(source)) {
            permitted(source, need, exchange, true, null);
            return true;
        }
        String authorization = exchange.header(SOURCE_AUTHORIZATION);
        if (authorization != null) {
            if (!authorization.startsWith(Bearer.SCHEME)) {
                throw ServiceFailure.invalidHeader(SOURCE_AUTHORIZATION, authorization.split(" ")[0]);
            }
            requireAllowed(bearer.principal(source.account(), authorization), need, source, exchange);
            return true;
        }
        boolean sameAccount = ownAccount && source.account().equals(exchange.target().account());
        boolean allowed = sameAccount && switch (exchange.caller().authentication()) {
            case ACCOUNT_KEY -> true;
            case OAUTH -> principals.allows(exchange.caller().principal().orElseThrow(), need, source, exchange);
            case SAS, USER_DELEGATION, ANONYMOUS -> false;
        };
        return allowed || need.permissions().equals("r") && containers.exists(source.account(), source.container())
            && containers.require(source.account(), source.container()).record().publicAccess() != null;
    }
}
