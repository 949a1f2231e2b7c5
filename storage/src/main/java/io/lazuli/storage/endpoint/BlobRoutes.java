package io.lazuli.storage.endpoint;

import static io.lazuli.storage.endpoint.Routes.Level.ACCOUNT;
import static io.lazuli.storage.endpoint.Routes.Level.BLOB;
import static io.lazuli.storage.endpoint.Routes.Level.CONTAINER;

import io.lazuli.storage.blob.AccountOperations;
import io.lazuli.storage.blob.AppendOperations;
import io.lazuli.storage.blob.BlobOperations;
import io.lazuli.storage.blob.BlockOperations;
import io.lazuli.storage.blob.ContainerOperations;
import io.lazuli.storage.blob.CopyBlob;
import io.lazuli.storage.blob.CopySources;
import io.lazuli.storage.blob.Expiry;
import io.lazuli.storage.blob.ImmutabilityOperations;
import io.lazuli.storage.blob.LeaseOperations;
import io.lazuli.storage.blob.ListBlobs;
import io.lazuli.storage.blob.ListContainers;
import io.lazuli.storage.blob.PageOperations;
import io.lazuli.storage.blob.ProtectionOperations;
import io.lazuli.storage.blob.PutBlob;
import io.lazuli.storage.blob.ReadBlob;
import io.lazuli.storage.blob.ServiceProperties;
import io.lazuli.storage.content.Accounts;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Blocks;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.History;
import io.lazuli.storage.content.PageBlobs;
import io.lazuli.storage.http.Operation;

/** The operations of the Blob endpoint. */
final class BlobRoutes {
    private BlobRoutes() {
    }

    static Routes of(Containers containers, Blobs blobs, Blocks blocks, Directories directories, CopySources sources,
            CopyBlob copies, History history, Accounts accounts, ServiceProperties services) {
        Routes routes = new Routes();
        AccountOperations account = new AccountOperations(accounts);
        routes.add("GET", ACCOUNT, "", "list", new ListContainers(containers))
            .add("GET", ACCOUNT, "service", "properties", services::get)
            .add("PUT", ACCOUNT, "service", "properties", services::set)
            .add("GET", ACCOUNT, "service", "stats", services::stats);
        for (Routes.Level level : Routes.Level.values()) {
            routes.add("GET", level, "account", "properties", account::information)
                .add("HEAD", level, "account", "properties", account::information);
        }
        containers(routes, containers, blobs, blocks, directories, history, accounts);
        blobs(routes, containers, blobs, directories, accounts);
        BlockOperations blockOperations = new BlockOperations(containers, blobs, blocks, sources);
        AppendOperations appends = new AppendOperations(containers, blobs, sources);
        return routes.add("PUT", BLOB, "", "appendblock", appends::append)
            .add("PUT", BLOB, "", "seal", appends::seal)
            .add("PUT", BLOB, "", "", new PutBlob(containers, blobs, blocks, sources, copies, directories)::put)
            .add("PUT", BLOB, "", "copy", copies::abort)
            .add("PUT", BLOB, "", "block", blockOperations::putBlock)
            .add("PUT", BLOB, "", "blocklist", blockOperations::putBlockList)
            .add("GET", BLOB, "", "blocklist", blockOperations::getBlockList);
    }

    /** What page blobs have, and properties, which they have more of. */
    static void pages(Routes routes, Containers containers, Blobs blobs, Directories directories, PageBlobs pageBlobs,
            CopySources sources) {
        PageOperations pages = new PageOperations(containers, blobs, pageBlobs, sources);
        Operation plain = new BlobOperations(containers, blobs, directories)::setProperties;
        routes.add("PUT", BLOB, "", "page", pages::put)
            .add("GET", BLOB, "", "pagelist", pages::ranges)
            .add("PUT", BLOB, "", "properties", exchange -> {
                Operation operation = PageOperations.concerns(exchange) ? pages::setProperties : plain;
                operation.run(exchange);
            });
    }

    private static void containers(Routes routes, Containers containers, Blobs blobs, Blocks blocks, Directories directories,
            History history, Accounts accounts) {
        ContainerOperations operations = new ContainerOperations(containers);
        LeaseOperations leases = new LeaseOperations(containers, blobs, directories);
        routes.add("PUT", CONTAINER, "container", "", operations::create)
            .add("DELETE", CONTAINER, "container", "", operations::delete)
            .add("PUT", CONTAINER, "container", "undelete", operations::restore)
            // Without a name it is refused for the header that must repeat the name.
            .add("PUT", ACCOUNT, "container", "undelete", operations::restore)
            .add("GET", CONTAINER, "container", "", operations::properties)
            .add("HEAD", CONTAINER, "container", "", operations::properties)
            .add("GET", CONTAINER, "container", "metadata", operations::properties)
            .add("HEAD", CONTAINER, "container", "metadata", operations::properties)
            .add("PUT", CONTAINER, "container", "metadata", operations::setMetadata)
            .add("GET", CONTAINER, "container", "acl", operations::getPolicies)
            .add("HEAD", CONTAINER, "container", "acl", operations::getPolicies)
            .add("PUT", CONTAINER, "container", "acl", operations::setPolicies)
            .add("PUT", CONTAINER, "container", "lease", leases::container)
            .add("GET", CONTAINER, "container", "list", new ListBlobs(containers, blobs, blocks, history, accounts, directories)::list);
    }

    private static void blobs(Routes routes, Containers containers, Blobs blobs, Directories directories, Accounts accounts) {
        ReadBlob reads = new ReadBlob(containers, blobs, directories);
        BlobOperations operations = new BlobOperations(containers, blobs, directories);
        ProtectionOperations protection = new ProtectionOperations(containers, blobs, directories, accounts);
        ImmutabilityOperations immutability = new ImmutabilityOperations(containers, blobs);
        routes.add("GET", BLOB, "", "", reads::get)
            .add("HEAD", BLOB, "", "", reads::head)
            .add("DELETE", BLOB, "", "", protection::delete)
            .add("PUT", BLOB, "", "snapshot", protection::snapshot)
            .add("PUT", BLOB, "", "undelete", protection::undelete)
            .add("PUT", BLOB, "", "metadata", operations::setMetadata)
            .add("GET", BLOB, "", "metadata", operations::getMetadata)
            .add("HEAD", BLOB, "", "metadata", operations::getMetadata)
            .add("PUT", BLOB, "", "expiry", new Expiry(containers, blobs, directories))
            .add("GET", BLOB, "", "tags", operations::getTags)
            .add("PUT", BLOB, "", "tags", operations::setTags)
            .add("PUT", BLOB, "", "immutabilityPolicies", immutability::setPolicy)
            .add("DELETE", BLOB, "", "immutabilityPolicies", immutability::deletePolicy)
            .add("PUT", BLOB, "", "legalhold", immutability::setLegalHold)
            .add("PUT", BLOB, "", "lease", new LeaseOperations(containers, blobs, directories)::blob);
    }
}
