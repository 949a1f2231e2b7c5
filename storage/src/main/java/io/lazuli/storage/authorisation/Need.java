package io.lazuli.storage.authorisation;

import io.lazuli.governance.role.Operation;
import io.lazuli.storage.http.DataLakeRequest;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What a request needs to be allowed.
 *
 * @param permissions letters of a shared access signature of which one is enough; empty for what no signature allows
 * @param level {@code s}, {@code c} or {@code o}: the account, a container, or a blob or path
 * @param serviceToo whether the signature of a container or blob is enough, not only that of an account
 * @param operations of which a role must allow one; empty for what each principal may do
 * @param path what access lists must allow when no role does, null when only roles decide
 */
record Need(String permissions, char level, boolean serviceToo, List<Operation> operations, PathRight path) {
    /** What changes who may do what. */
    private static final Set<Operation> RIGHTS = Set.of(BlobOperation.SET_POLICIES, BlobOperation.DELEGATE, BlobOperation.PERMISSIONS);

    /** The first version whose signatures do. */
    private static final String DELETE_BREAKS_LEASES = "2017-07-29";

    /** What the request needs; {@code exists} tells whether there is a blob or directory already, which to replace is more than to make. */
    static Need of(Exchange exchange, BooleanSupplier exists) {
        Target target = exchange.target();
        boolean dataLake = DataLakeRequest.is(exchange);
        String component = Optional.ofNullable(target.parameter("comp")).orElse("");
        String resource = Optional.ofNullable(dataLake ? target.parameter("resource") : null).orElse("");
        if (component.equals("batch")) {
            // What a batch does needs permissions of its own.
            boolean account = target.container().isEmpty();
            // A client that takes the account in the path for a container has a signature for what is in a container.
            char level = !account ? 'c' : target.parameter("restype") == null ? 's' : 'o';
            return new Need("rwdlacut", level, !account, List.of(), null);
        }
        if (resource.equals("account") || target.container().isEmpty()) {
            return account(exchange, component, resource);
        }
        // The root directory is a path as well.
        boolean path = !target.path().isEmpty() || dataLake;
        if (!path || resource.equals("filesystem")) {
            return container(exchange, component, resource);
        }
        return dataLake ? path(exchange, exists) : component.isEmpty() ? blob(exchange, exists) : component(component, exchange, exists);
    }

    private static boolean read(Exchange exchange) {
        return exchange.method().equals("GET") || exchange.method().equals("HEAD");
    }

    private static Need account(Exchange exchange, String component, String resource) {
        if (component.equals("list") || resource.equals("account")) {
            return account("l", BlobOperation.READ_CONTAINER);
        }
        if ("account".equals(exchange.query("restype"))) {
            return account("r", BlobOperation.INFORMATION, BlobOperation.READ_CONTAINER);
        }
        return switch (component) {
            case "userdelegationkey" -> account("", BlobOperation.DELEGATE);
            case "blobs" -> account("f", BlobOperation.FILTER);
            default -> read(exchange) ? account("r", BlobOperation.READ_SERVICE) : account("w", BlobOperation.WRITE_SERVICE);
        };
    }

    private static Need account(String permissions, Operation... operations) {
        return new Need(permissions, 's', false, List.of(operations), null);
    }

    private static Need container(Exchange exchange, String component, String resource) {
        if (component.equals("list") || resource.equals("filesystem") && exchange.method().equals("GET")) {
            return new Need("l", 'c', true, List.of(BlobOperation.READ), PathRight.LIST);
        }
        return switch (component) {
            case "lease" -> container("w" + whenBreaking(exchange), BlobOperation.WRITE_CONTAINER);
            case "acl" -> container("", read(exchange) ? BlobOperation.GET_POLICIES : BlobOperation.SET_POLICIES);
            case "blobs" -> new Need("f", 'c', true, List.of(BlobOperation.FILTER), null);
            default -> switch (exchange.method()) {
                case "GET", "HEAD" -> "account".equals(exchange.query("restype"))
                    ? new Need("r", 'c', true, List.of(BlobOperation.INFORMATION, BlobOperation.READ_CONTAINER), null)
                    : container("r", BlobOperation.READ_CONTAINER);
                case "DELETE" -> container("d", BlobOperation.DELETE_CONTAINER);
                case "PUT" -> container(component.isEmpty() ? "cw" : "w", BlobOperation.WRITE_CONTAINER);
                default -> container("w", BlobOperation.WRITE_CONTAINER);
            };
        };
    }

    private static Need container(String permissions, Operation... operations) {
        return new Need(permissions, 'c', false, List.of(operations), null);
    }

    private static Need blob(Exchange exchange, BooleanSupplier exists) {
        return switch (exchange.method()) {
            case "GET" -> reading();
            case "HEAD" -> path("r", PathRight.STAT, BlobOperation.READ);
            case "DELETE" -> delete(exchange);
            case "PUT" -> creating(exists);
            default -> path("w", PathRight.WRITE, BlobOperation.WRITE);
        };
    }

    private static Need path(Exchange exchange, BooleanSupplier exists) {
        String action = Optional.ofNullable(exchange.query("action")).orElse("");
        return switch (exchange.method()) {
            case "GET" -> reading();
            case "HEAD" -> action.equals("checkAccess") ? path("er", PathRight.CHECK)
                : path(action.isEmpty() ? "r" : "er", PathRight.STAT, BlobOperation.READ);
            case "DELETE" -> path("d", PathRight.DELETE, BlobOperation.DELETE);
            case "PATCH" -> patch(exchange, action);
            case "POST" -> path("w" + whenBreaking(exchange), PathRight.WRITE, BlobOperation.WRITE);
            default -> creating(exists);
        };
    }

    private static Need path(String permissions, PathRight right, Operation... operations) {
        return new Need(permissions, 'o', true, List.of(operations), right);
    }

    /** What a deletion of a blob needs, which may be about one of its versions or for good; that of a path is neither. */
    private static Need delete(Exchange exchange) {
        if (exchange.query("deletetype") != null) {
            return path("y", null, BlobOperation.DELETE_FOR_GOOD);
        }
        return exchange.query("versionid") == null ? path("d", PathRight.DELETE, BlobOperation.DELETE)
            : path("x", null, BlobOperation.DELETE_VERSION);
    }

    private static Need patch(Exchange exchange, String action) {
        return switch (action) {
            case "setAccessControl" -> exchange.header("x-ms-owner") == null && exchange.header("x-ms-group") == null
                ? path("p", PathRight.CHANGE_ACCESS, BlobOperation.PERMISSIONS)
                : path("o", PathRight.CHANGE_ACCESS, BlobOperation.OWNERSHIP);
            case "setAccessControlRecursive" -> path("p", PathRight.CHANGE_ACCESS_BELOW, BlobOperation.PERMISSIONS);
            case "append" -> path("aw", PathRight.WRITE, BlobOperation.WRITE, BlobOperation.ADD);
            case "setProperties" -> path("w", PathRight.WRITE, BlobOperation.WRITE);
            default -> path("aw", PathRight.WRITE, BlobOperation.WRITE);
        };
    }

    private static Need component(String component, Exchange exchange, BooleanSupplier exists) {
        boolean read = read(exchange);
        return switch (component) {
            case "lease" -> path("w" + whenBreaking(exchange), PathRight.WRITE, BlobOperation.WRITE);
            case "tags" -> path("t", null, read ? BlobOperation.READ_TAGS : BlobOperation.WRITE_TAGS);
            case "block", "blocklist" -> read ? reading() : creating(exists);
            case "appendblock" -> path("aw", PathRight.WRITE, BlobOperation.WRITE, BlobOperation.ADD);
            case "snapshot" -> path("cw", PathRight.WRITE, BlobOperation.WRITE, BlobOperation.ADD);
            case "query" -> reading();
            case "undelete" -> path("w", PathRight.CREATE, BlobOperation.WRITE);
            case "immutabilityPolicies", "legalhold" -> path("i", null, BlobOperation.IMMUTABILITY);
            case "metadata" -> read ? path("r", PathRight.STAT, BlobOperation.READ) : path("w", PathRight.WRITE, BlobOperation.WRITE);
            default -> read ? reading() : path("w", PathRight.WRITE, BlobOperation.WRITE);
        };
    }

    /** What a request needs for what it does besides: to tag, or to protect, the blob that it writes. */
    static List<Need> besides(Exchange exchange) {
        List<Need> needs = new ArrayList<>();
        if (exchange.method().equals("PATCH") && "setAccessControl".equals(exchange.query("action"))
                && (exchange.header("x-ms-acl") != null || exchange.header("x-ms-permissions") != null)) {
            needs.add(path("p", PathRight.CHANGE_ACCESS, BlobOperation.PERMISSIONS));
        }
        if (exchange.target().path().isEmpty() || !exchange.method().equals("PUT")) {
            return needs;
        }
        boolean names = exchange.header("x-ms-owner") != null || exchange.header("x-ms-group") != null;
        if (names && DataLakeRequest.is(exchange) && !exchange.target().flat()) {
            needs.add(path("o", PathRight.OWN, BlobOperation.OWNERSHIP));
        }
        if (exchange.header("x-ms-tags") != null) {
            needs.add(path("t", null, BlobOperation.WRITE_TAGS));
        }
        boolean protects = exchange.header("x-ms-immutability-policy-until-date") != null || exchange.header("x-ms-legal-hold") != null;
        if (protects && List.of("", "blocklist").contains(Optional.ofNullable(exchange.query("comp")).orElse(""))) {
            needs.add(path("i", null, BlobOperation.IMMUTABILITY));
        }
        return needs;
    }

    /** What a copy needs of its source. */
    static List<Need> ofSource(Exchange exchange) {
        boolean tags = "COPY".equalsIgnoreCase(exchange.header("x-ms-copy-source-tag-option"));
        return tags ? List.of(reading(), path("t", null, BlobOperation.READ_TAGS)) : List.of(reading());
    }

    /** What to read a blob needs, also one that is the source of a copy. */
    static Need reading() {
        return path("r", PathRight.READ, BlobOperation.READ);
    }

    /** Signatures to delete break leases as well. */
    private static String whenBreaking(Exchange exchange) {
        boolean breaks = "break".equalsIgnoreCase(exchange.header("x-ms-lease-action"));
        return breaks && SharedAccess.parameter(exchange.target(), "sv").compareTo(DELETE_BREAKS_LEASES) >= 0 ? "d" : "";
    }

    private static Need creating(BooleanSupplier exists) {
        return exists.getAsBoolean() ? path("w", PathRight.REPLACE, BlobOperation.WRITE)
            : path("cw", PathRight.CREATE, BlobOperation.WRITE, BlobOperation.ADD);
    }

    /** What to move something away from its place needs. */
    static Need moving() {
        return path("md", PathRight.DELETE, BlobOperation.MOVE);
    }

    /** Whether it changes who may do what. */
    boolean changesRights() {
        return path == PathRight.CHANGE_ACCESS || !Collections.disjoint(RIGHTS, operations);
    }

    /** Whether a signature with these letters is enough. */
    boolean isGivenBy(String signed) {
        return permissions.chars().anyMatch(permission -> signed.indexOf(permission) >= 0);
    }

    /** Whether it is to replace something, and a signature with these letters may make something new only. */
    boolean isTooMuchFor(String signed) {
        return path == PathRight.REPLACE && signed.indexOf('c') >= 0;
    }

    static ServiceFailure noOverwrite() {
        return new ServiceFailure(403, "UnauthorizedBlobOverwrite", "This request is not authorized to perform blob overwrites.");
    }

    static ServiceFailure denied() {
        return new ServiceFailure(403, "AuthorizationPermissionMismatch",
            "This request is not authorized to perform this operation using this permission.");
    }
}
