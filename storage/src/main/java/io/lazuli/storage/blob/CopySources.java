package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Predicate;

/** The blobs that copies name by URL: those of this lake, of any account. */
public final class CopySources {
    /** Whether a request may read the source that it names. */
    public interface Permission {
        /** Fails with {@code CannotVerifyCopySource} when it may not. */
        void requireRead(Exchange exchange, Target source);
    }

    private final Containers containers;
    private final Blobs blobs;
    private final Predicate<String> isAccount;
    private final Permission permission;

    public CopySources(Containers containers, Blobs blobs, Predicate<String> isAccount, Permission permission) {
        this.containers = containers;
        this.blobs = blobs;
        this.isAccount = isAccount;
        this.permission = permission;
    }

    /** The source that a request names, checked against its conditions; the caller closes it. */
    public Blobs.Opened open(Exchange exchange) throws IOException {
        Target source = target(exchange);
        permission.requireRead(exchange, source);
        if (source.parameter("snapshot") != null || source.parameter("versionid") != null) {
            throw ServiceFailure.notImplemented("copies from snapshots and versions");
        }
        try {
            containers.require(source.account(), source.container());
            Blobs.Opened opened = blobs.open(BlobAddress.of(source));
            check(exchange, opened);
            return opened;
        } catch (ServiceFailure failure) {
            throw failure.status() == 404 ? new ServiceFailure(404, "CannotVerifyCopySource", failure.getMessage()) : failure;
        }
    }

    private static void check(Exchange exchange, Blobs.Opened opened) throws IOException {
        try {
            Blob blob = opened.blob();
            Conditions.of(exchange, "x-ms-source-").checkWrite(blob.etag(), blob.record().modified());
            if (!TagCondition.holds(exchange, "x-ms-source-if-tags", blob.record().tags())) {
                throw ServiceFailure.conditionNotMet();
            }
        } catch (ServiceFailure failure) {
            opened.close();
            if (failure.status() != 412) {
                throw failure;
            }
            throw new ServiceFailure(412, "SourceConditionNotMet",
                "The source condition specified using HTTP conditional header(s) is not met.");
        }
    }

    private Target target(Exchange exchange) {
        String url = exchange.header("x-ms-copy-source");
        try {
            URI uri = new URI(url.replace(" ", "%20"));
            if (uri.getRawPath() == null || uri.getRawAuthority() == null) {
                throw ServiceFailure.invalidHeader("x-ms-copy-source", url);
            }
            Target target = Target.of(uri.getRawAuthority(), uri.getRawPath(), uri.getRawQuery(), null, isAccount);
            if (!isAccount.test(target.account())) {
                throw new ServiceFailure(501, "NotImplemented", "Copies come from accounts of this lake; it has no account of "
                    + uri.getRawAuthority() + uri.getRawPath() + ".");
            }
            return target;
        } catch (URISyntaxException malformed) {
            throw ServiceFailure.invalidHeader("x-ms-copy-source", url);
        }
    }

    /** Appends a part of the source to a file that is being written. */
    public void copy(Blobs.Opened source, long offset, long length, StagedFile content) throws IOException {
        long copied = 0;
        while (copied < length) {
            long step = source.channel().transferTo(offset + copied, length - copied, content.channel());
            if (step <= 0) {
                throw new IOException("The source became shorter while it was read");
            }
            copied += step;
        }
    }
}
