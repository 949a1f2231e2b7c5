package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.Generation;
import io.lazuli.storage.http.ByteRange;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What copies name by URL: blobs of this lake, of any account, and what other servers give. Thread-safe. */
public final class CopySources implements AutoCloseable {
    private static final int NOT_MODIFIED = 304;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    /** Whether a request may read the source that it names. */
    public interface Permission {
        /**
         * Fails with 401 or 403 when it may not.
         *
         * @param ownAccount whether what the request itself may read in its account needs nothing more
         */
        void requireRead(Exchange exchange, Target source, boolean ownAccount);
    }

    /** How an operation reads its source. */
    private record Reading(String range, boolean upload, boolean ownAccount) {
    }

    private final Containers containers;
    private final Blobs blobs;
    private final Predicate<String> isAccount;
    private final Permission permission;
    private final EncryptionScopes scopes;
    private HttpClient client;

    public CopySources(Containers containers, Blobs blobs, Predicate<String> isAccount, Permission permission,
            EncryptionScopes scopes) {
        this.containers = containers;
        this.blobs = blobs;
        this.isAccount = isAccount;
        this.permission = permission;
        this.scopes = scopes;
    }

    /** The source that a request names, checked against its conditions; the caller closes it. */
    public CopySource open(Exchange exchange) throws IOException {
        return openCopy(exchange, new Reading(null, false, true));
    }

    /** The same for a copy that is synchronous, whose source is public or brings its own authorization, as all but Copy Blob want it. */
    CopySource openAtOnce(Exchange exchange) throws IOException {
        return openCopy(exchange, new Reading(null, false, false));
    }

    /** The same for an upload, which does not tell conditions that fail from other reasons for which a source cannot be read. */
    CopySource openContent(Exchange exchange) throws IOException {
        return openUpload(exchange, new Reading(null, true, false));
    }

    /** The part of the source of an upload that {@code x-ms-source-range} names. */
    CopySource openRange(Exchange exchange) throws IOException {
        return openUpload(exchange, new Reading(exchange.header("x-ms-source-range"), true, false));
    }

    private CopySource openCopy(Exchange exchange, Reading reading) throws IOException {
        try {
            return open(exchange, reading);
        } catch (ServiceFailure failure) {
            throw failure.status() == NOT_MODIFIED ? conditionNotMet() : failure;
        }
    }

    private CopySource openUpload(Exchange exchange, Reading reading) throws IOException {
        try {
            return open(exchange, reading);
        } catch (ServiceFailure failure) {
            throw failure.status() == NOT_MODIFIED || failure.status() == 412
                ? unverified(exchange, new ServiceFailure(failure.status(), "ConditionNotMet", failure.getMessage())) : failure;
        }
    }

    private CopySource open(Exchange exchange, Reading reading) throws IOException {
        URI address = address(exchange);
        Optional<Target> source = local(address, exchange);
        return source.isPresent() ? lake(exchange, source.get(), reading)
            : WebSource.open(client(), address, exchange, webRange(reading.range()));
    }

    /** Says why a source cannot be read: with which status and code it would answer itself. */
    static ServiceFailure unverified(Exchange exchange, ServiceFailure reason) {
        exchange.set("x-ms-copy-source-status-code", reason.status());
        exchange.set("x-ms-copy-source-error-code", reason.code());
        return new ServiceFailure(reason.status() == NOT_MODIFIED ? 412 : reason.status(), "CannotVerifyCopySource", reason.getMessage())
            .with("CopySourceStatusCode", Integer.toString(reason.status())).with("CopySourceErrorCode", reason.code())
            .with("CopySourceErrorMessage", reason.getMessage());
    }

    private void requireRead(Exchange exchange, Target source, boolean ownAccount) {
        try {
            permission.requireRead(exchange, source, ownAccount);
        } catch (ServiceFailure failure) {
            throw failure.status() == 401 || failure.status() == 403 ? unverified(exchange, failure) : failure;
        }
    }

    private CopySource lake(Exchange exchange, Target source, Reading reading) throws IOException {
        requireRead(exchange, source, reading.ownAccount());
        Blobs.Opened opened;
        try {
            containers.require(source.account(), source.container());
            opened = blobs.open(BlobAddress.of(source), Generation.of(source), CustomerKey.ofSource(exchange));
        } catch (ServiceFailure failure) {
            throw failure.status() == 404 ? unverified(exchange, failure) : failure;
        }
        try {
            check(exchange, opened.blob(), reading.upload());
            scopes.requireReadable(opened.blob());
            long size = opened.blob().size();
            ByteRange part = ByteRange.parse("x-ms-source-range", reading.range(), size);
            return new LakeSource(opened, part == null ? new ByteRange(0, size) : part);
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    /** An upload reads its source as Get Blob does, so that a source which has not changed is told as such. */
    private static void check(Exchange exchange, Blob blob, boolean upload) {
        Conditions conditions = Conditions.of(exchange, "x-ms-source-");
        try {
            if (upload && !conditions.wantsNone()) {
                conditions.checkRead(blob.etag(), blob.record().modified());
            } else {
                conditions.checkWrite(blob.etag(), blob.record().modified());
            }
        } catch (ServiceFailure failure) {
            throw failure.status() == 412 ? conditionNotMet() : failure;
        }
        if (!TagCondition.holds(exchange, "x-ms-source-if-tags", blob.record().tags())) {
            throw ServiceFailure.conditionNotMet();
        }
    }

    static ServiceFailure conditionNotMet() {
        return new ServiceFailure(412, "SourceConditionNotMet",
            "The source condition specified using HTTP conditional header(s) is not met.");
    }

    private static URI address(Exchange exchange) {
        if (exchange.contentLength() > 0) {
            throw ServiceFailure.invalidHeader("Content-Length", Long.toString(exchange.contentLength()));
        }
        String url = exchange.header("x-ms-copy-source");
        try {
            URI uri = URI.create(new URI(url.replace(" ", "%20")).toASCIIString());
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getRawPath() == null || uri.getHost() == null) {
                throw ServiceFailure.invalidHeader("x-ms-copy-source", url);
            }
            return uri;
        } catch (URISyntaxException malformed) {
            throw ServiceFailure.invalidHeader("x-ms-copy-source", url);
        }
    }

    /** The blob of this lake that an address means, empty when it is somewhere else. */
    private Optional<Target> local(URI address, Exchange exchange) {
        Target target = Target.of(address.getRawAuthority(), address.getRawPath(), address.getRawQuery(), null, isAccount);
        target = target.withFlatNames(containers.isFlat(target.account())).withRoot();
        boolean named = Target.isService(address.getHost());
        return (named || isHere(address, exchange)) && isAccount.test(target.account()) ? Optional.of(target) : Optional.empty();
    }

    private static boolean isHere(URI address, Exchange exchange) {
        URI own = URI.create(exchange.origin());
        return port(address) == port(own) && (address.getHost().equalsIgnoreCase(own.getHost())
            || LOOPBACK.contains(address.getHost()) && LOOPBACK.contains(String.valueOf(own.getHost())));
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : address.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private static WebSource.Range webRange(String range) {
        if (range == null) {
            return WebSource.Range.WHOLE;
        }
        // The size is not known here, so that only the form is checked.
        ByteRange part = ByteRange.parse("x-ms-source-range", range, Long.MAX_VALUE);
        long last = part.offset() + part.length() - 1;
        return new WebSource.Range(part.offset(), last >= Long.MAX_VALUE - 1 ? -1 : last);
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder().connectTimeout(PATIENCE).version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER).build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
