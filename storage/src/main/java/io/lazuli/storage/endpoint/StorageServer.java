package io.lazuli.storage.endpoint;

import io.lazuli.foundation.OpenParts;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeListener;
import io.lazuli.storage.authorisation.Authorisation;
import io.lazuli.storage.authorisation.GetUserDelegationKey;
import io.lazuli.storage.authorisation.StorageSecurity;
import io.lazuli.storage.blob.CopyBlob;
import io.lazuli.storage.blob.CopyJobs;
import io.lazuli.storage.blob.CopySources;
import io.lazuli.storage.blob.EncryptionScopes;
import io.lazuli.storage.blob.FindBlobs;
import io.lazuli.storage.blob.ReadBlob;
import io.lazuli.storage.blob.ServiceProperties;
import io.lazuli.storage.blob.SetTier;
import io.lazuli.storage.blob.StaticWebsite;
import io.lazuli.storage.blob.Tiers;
import io.lazuli.storage.content.Accounts;
import io.lazuli.storage.content.Appends;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Blocks;
import io.lazuli.storage.content.Change;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.Expiries;
import io.lazuli.storage.content.History;
import io.lazuli.storage.content.Housekeeping;
import io.lazuli.storage.content.Locks;
import io.lazuli.storage.content.PageBlobs;
import io.lazuli.storage.content.PendingCopies;
import io.lazuli.storage.content.Services;
import io.lazuli.storage.content.TagIndex;
import io.lazuli.storage.event.ResourceGroup;
import io.lazuli.storage.event.StorageEventListener;
import io.lazuli.storage.event.StorageEvents;
import io.lazuli.storage.http.Target;
import io.lazuli.storage.lifecycle.LifecyclePolicy;
import io.lazuli.storage.lifecycle.LifecycleReport;
import io.lazuli.storage.lifecycle.LifecycleRun;
import io.lazuli.storage.log.RequestLog;
import io.lazuli.storage.management.ManagementEndpoint;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.query.BlobQuery;
import io.lazuli.storage.query.QueriedFiles;
import io.lazuli.storage.query.QueryBlob;
import io.lazuli.storage.watch.FolderWatch;
import io.lazuli.storage.watch.KnownFiles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Handler;

/** The lake as a service, which listens when it is made; closing it ends requests that run and makes all durable. */
public final class StorageServer implements AutoCloseable {
    private final OpenParts parts;
    /** What brings changes from outside, closed before the rest. */
    private final OpenParts outside = new OpenParts();
    private final LakeListener files;
    private final LifecycleRun lifecycle;
    private final ResourceGroup group;
    private final Optional<StorageEventListener> listener;
    private final ServicePort port;

    /**
     * Starts it; when that fails, nothing stays open.
     *
     * @param others what else is served on the port; each may answer a request before the lake does
     * @param listener hears of changes, empty when nobody wants to
     * @param queries runs queries over blobs, empty when nothing here can
     */
    public static StorageServer start(StorageSettings settings, Lake lake, StorageSecurity security, List<Handler> others,
            Optional<StorageEventListener> listener, Optional<BlobQuery> queries) {
        OpenParts parts = new OpenParts();
        try {
            return new StorageServer(settings, lake, security, others, listener, queries, parts);
        } catch (RuntimeException | Error failure) {
            parts.closeAfter(failure);
            throw failure;
        }
    }

    private StorageServer(StorageSettings settings, Lake lake, StorageSecurity security, List<Handler> others,
            Optional<StorageEventListener> listener, Optional<BlobQuery> queries, OpenParts parts) {
        this.parts = parts;
        group = settings.group();
        this.listener = listener;
        port = new ServicePort(settings);
        MetadataStore metadata = parts.add(
            new MetadataStore(settings.dataDirectory().resolve("storage.metadata"), lake.durability()), MetadataStore::close);
        RequestLog log = parts.add(new RequestLog(settings.dataDirectory(), settings.group(), security.tokens()), RequestLog::close);
        Locks locks = new Locks();
        Accounts accounts = new Accounts(settings.accounts());
        Services services = new Services(metadata, accounts);
        History history = new History(lake, metadata, services, accounts, InstantSource.system());
        Blocks blocks = new Blocks(settings.dataDirectory().resolve("blocks"), locks, lake);
        blocks.removeAbandoned();
        Containers containers = new Containers(lake, metadata, locks, history, blocks);
        containers.recover();
        KnownFiles known = parts.add(
            new KnownFiles(lake, metadata, listener.map(StorageEventListener::scopes).orElse(Set.of())), KnownFiles::close);
        Consumer<Change> changes = listener.map(
            hearing -> new StorageEvents(settings.group(), port::url, hearing).andThen(known)).orElse(change -> { });
        Blobs blobs = new Blobs(lake, metadata, locks, changes, history, accounts);
        history.recover(blobs::find);
        Expiries expiries = new Expiries(blobs, history, locks, metadata);
        files = new OtherFiles(blobs, locks, changes, known);
        lifecycle = new LifecycleRun(containers, blobs, history);
        blobs.recover();
        Directories directories = new Directories(lake, metadata, locks, changes, history);
        directories.recover();
        Appends appends = new Appends(blobs);
        Predicate<String> isAccount = account -> security.keys().find(account).isPresent();
        Authorisation authorisation = new Authorisation(security, containers, blobs, directories,
            account -> accounts.of(account).hierarchical());
        EncryptionScopes scopes = new EncryptionScopes(accounts, containers);
        CopySources sources = parts.add(
            new CopySources(containers, blobs, isAccount, authorisation::requireSource, scopes), CopySources::close);
        PendingCopies pending = new PendingCopies(blobs, metadata);
        CopyJobs copies = parts.add(new CopyJobs(blobs, pending), CopyJobs::close);
        Tiers tiers = new Tiers(settings.rehydration());
        Routes routes = BlobRoutes.of(containers, blobs, blocks, directories, sources,
            new CopyBlob(containers, blobs, blocks, sources, copies, pending, tiers), history, accounts,
            new ServiceProperties(services, containers));
        BatchOperation batch = new BatchOperation(isAccount, authorisation, routes::find, log);
        // Clients that know the account by the path take it for a container.
        routes.add("POST", Routes.Level.ACCOUNT, "", "batch", batch).add("POST", Routes.Level.ACCOUNT, "container", "batch", batch)
            .add("POST", Routes.Level.CONTAINER, "container", "batch", batch);
        routes.add("PUT", Routes.Level.BLOB, "", "tier", new SetTier(containers, blobs, tiers));
        QueriedFiles queried = parts.add(new QueriedFiles(blobs, settings.dataDirectory().resolve("queries")), QueriedFiles::close);
        queries.ifPresent(found -> routes.add("POST", Routes.Level.BLOB, "", "query", new QueryBlob(containers, queried, found)));
        PageBlobs pages = new PageBlobs(lake, blobs, locks, metadata, settings.dataDirectory().resolve("pages"));
        pages.recover();
        BlobRoutes.pages(routes, containers, blobs, directories, pages, sources);
        routes.add("POST", Routes.Level.ACCOUNT, "service", "userdelegationkey",
            new GetUserDelegationKey(security.delegation(), security.tokens().tenant().id()));
        FindBlobs tags = new FindBlobs(containers, new TagIndex(blobs, metadata));
        routes.add("GET", Routes.Level.ACCOUNT, "", "blobs", tags::find)
            .add("GET", Routes.Level.CONTAINER, "container", "blobs", tags::find);
        List<Handler> handlers = new ArrayList<>(others);
        handlers.add(new ManagementEndpoint(security, containers));
        handlers.add(new RequestHandler(isAccount, authorisation, routes,
            new DataLakeRoutes(containers, blobs, directories, appends, isAccount, services), services,
            new StaticWebsite(services, containers, blobs, new ReadBlob(containers, blobs, directories)), log, scopes,
            beforeEach(locks, expiries)));
        parts.add(outside, OpenParts::close);
        outside.add(port, ServicePort::close);
        port.open(handlers);
        if (!known.isEmpty()) {
            outside.add(new FolderWatch(lake, blobs, locks, known, changes), FolderWatch::close);
        }
        List<Runnable> hourly = List.of(() -> history.removeExpired(locks), containers::removeExpired, expiries::remove,
            appends::discardAll);
        outside.add(new Housekeeping(() -> hourly.forEach(Runnable::run), Duration.ofHours(1)), Housekeeping::close);
    }

    private static Consumer<Target> beforeEach(Locks locks, Expiries expiries) {
        return target -> {
            locks.awaitOpen(new BlobAddress(target.account(), target.container(), target.path()));
            expiries.remove();
        };
    }

    /** Does what a lifecycle policy says is due, and tells of it. */
    public List<LifecycleRun.Step> apply(String account, LifecyclePolicy policy) {
        Instant scheduled = Instant.now();
        List<LifecycleRun.Step> steps = lifecycle.run(account, policy, scheduled, false);
        listener.ifPresent(hearing -> hearing.happened(LifecycleReport.of(group, account, scheduled, steps)));
        return steps;
    }

    /** Takes what pipelines of this process do to files, and tells the listener of it as of requests. */
    public LakeListener files() {
        return files;
    }

    /** The port it listens on. */
    public int port() {
        return port.number();
    }

    /** Ends requests and the watch over folders. What pipelines of this process do to files is still taken, until {@link #close}. */
    public void stop() {
        outside.close();
    }

    @Override
    public void close() {
        parts.close();
    }
}
