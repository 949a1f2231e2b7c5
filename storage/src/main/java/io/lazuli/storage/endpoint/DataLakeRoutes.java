package io.lazuli.storage.endpoint;

import io.lazuli.storage.blob.LeaseOperations;
import io.lazuli.storage.content.Appends;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.Services;
import io.lazuli.storage.dfs.FileSystemOperations;
import io.lazuli.storage.dfs.FlatPathList;
import io.lazuli.storage.dfs.FlatPaths;
import io.lazuli.storage.dfs.ListPaths;
import io.lazuli.storage.dfs.PathAccess;
import io.lazuli.storage.dfs.PathOperations;
import io.lazuli.storage.http.DataLakeRequest;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Operation;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import java.util.Optional;
import java.util.function.Predicate;

/** The operations of the Data Lake endpoint, which shares its address with the Blob endpoint: the request's parameters tell them apart. */
final class DataLakeRoutes {
    private final FileSystemOperations fileSystems;
    private final PathOperations paths;
    private final PathAccess access;
    private final ListPaths lists;
    private final LeaseOperations leases;
    private final FlatPaths flatPaths;
    private final FlatPathList flatLists;
    private final Services services;

    DataLakeRoutes(Containers containers, Blobs blobs, Directories directories, Appends appends, Predicate<String> isAccount,
            Services services) {
        this.services = services;
        fileSystems = new FileSystemOperations(containers);
        paths = new PathOperations(containers, blobs, directories, appends, isAccount);
        access = new PathAccess(containers, blobs, directories);
        lists = new ListPaths(containers, blobs, directories);
        leases = new LeaseOperations(containers, blobs, directories);
        flatPaths = new FlatPaths(containers, blobs, appends, paths, isAccount);
        flatLists = new FlatPathList(containers, blobs);
    }

    Operation find(Exchange exchange) {
        Operation found = route(exchange);
        return asked -> {
            try {
                found.run(asked);
            } catch (ServiceFailure failure) {
                throw FileSystemOperations.translate(failure);
            }
        };
    }

    private Operation route(Exchange exchange) {
        Target target = exchange.target();
        String resource = Optional.ofNullable(target.parameter("resource")).orElse("");
        String action = Optional.ofNullable(target.parameter("action")).orElse("");
        if (resource.equals("account")) {
            return method(exchange, "GET", fileSystems::list);
        }
        if (resource.equals("filesystem")) {
            return fileSystem(exchange);
        }
        if (target.container().isEmpty()) {
            throw ServiceFailure.notImplemented(exchange.method() + " of the account");
        }
        DataLakeRequest.requireCurrent(exchange);
        return target.flat() ? flat(exchange, action) : hierarchical(exchange, action);
    }

    private Operation hierarchical(Exchange exchange, String action) {
        return switch (exchange.method()) {
            case "PUT" -> paths::create;
            case "PATCH" -> switch (action) {
                case "setAccessControl" -> access::set;
                case "setAccessControlRecursive" -> access::setRecursive;
                default -> paths::update;
            };
            case "HEAD" -> access::head;
            case "DELETE" -> paths::delete;
            case "POST" -> leases::blob;
            default -> throw unsupportedVerb();
        };
    }

    /** An account with flat names has no access lists. */
    private Operation flat(Exchange exchange, String action) {
        requireSupported(exchange.target().account());
        return switch (exchange.method()) {
            case "PUT" -> flatPaths::create;
            case "PATCH" -> {
                if (action.startsWith("setAccessControl")) {
                    throw FlatPaths.noHierarchy();
                }
                yield flatPaths::update;
            }
            case "HEAD" -> {
                if (action.equals("getAccessControl") || action.equals("checkAccess")) {
                    throw FlatPaths.noHierarchy();
                }
                yield flatPaths::status;
            }
            case "DELETE" -> flatPaths::delete;
            case "POST" -> leases::blob;
            default -> throw unsupportedVerb();
        };
    }

    /** As in Azure, what is kept of deleted or replaced blobs is the Blob endpoint's alone. */
    private void requireSupported(String account) {
        if (services.keepHistory(account)) {
            throw new ServiceFailure(409, "EndpointUnsupportedAccountFeatures", "This endpoint does not support BlobStorageEvents or "
                + "SoftDelete. Please disable these account features if you would like to use this endpoint.");
        }
    }

    private Operation fileSystem(Exchange exchange) {
        return switch (exchange.method()) {
            case "PUT" -> fileSystems::create;
            case "DELETE" -> fileSystems::delete;
            case "HEAD" -> fileSystems::properties;
            case "PATCH" -> fileSystems::setProperties;
            case "GET" -> {
                if (!exchange.target().flat()) {
                    yield lists::list;
                }
                requireSupported(exchange.target().account());
                yield flatLists::list;
            }
            default -> throw unsupportedVerb();
        };
    }

    private static Operation method(Exchange exchange, String method, Operation operation) {
        if (!exchange.method().equals(method)) {
            throw unsupportedVerb();
        }
        return operation;
    }

    private static ServiceFailure unsupportedVerb() {
        return new ServiceFailure(405, "UnsupportedHttpVerb", "The resource doesn't support specified Http Verb.");
    }
}
