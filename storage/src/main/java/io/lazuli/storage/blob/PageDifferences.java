package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Generation;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import io.lazuli.storage.metadata.Pages;
import io.lazuli.storage.metadata.Pages.Range;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which pages of a page blob or snapshot are others than in an earlier snapshot: those that were written, told by their bytes, and those
 * that were cleared.
 */
final class PageDifferences {
    private static final String PREVIOUS = "prevsnapshot";
    private static final String PREVIOUS_URL = "x-ms-previous-snapshot-url";
    private static final int PAGE = 512;
    private static final int PAGES_AT_ONCE = 128;

    /** Pages of one kind that follow each other. */
    record Difference(Range range, boolean cleared) {
    }

    private final Blobs.Opened before;
    private final Blobs.Opened after;
    /** Pages are compared as they are stored: an encrypted one is another one after each write. */
    private final int storedPage;
    private final ByteBuffer old;
    private final ByteBuffer fresh;
    private final List<Difference> found = new ArrayList<>();

    private PageDifferences(Blobs.Opened before, Blobs.Opened after) {
        this.before = before;
        this.after = after;
        storedPage = (int) (after.blob().place(PAGE) - after.blob().place(0));
        old = ByteBuffer.allocate(PAGES_AT_ONCE * storedPage);
        fresh = ByteBuffer.allocate(PAGES_AT_ONCE * storedPage);
    }

    /** Whether a request is about differences. */
    static boolean areAsked(Exchange exchange) {
        return exchange.query(PREVIOUS) != null || exchange.header(PREVIOUS_URL) != null;
    }

    /** The differences within a range, in order. */
    static List<Difference> of(Exchange exchange, Blobs blobs, Blob blob, Range asked) throws IOException {
        BlobAddress address = blob.address();
        Generation previous = previous(exchange, address);
        if (blob.generation() != null && blob.generation().id().compareTo(previous.id()) < 0) {
            throw ServiceFailure.badRequest("PreviousSnapshotCannotBeNewer", "The prevsnapshot query parameter value cannot be newer than "
                + "snapshot query parameter value.");
        }
        if (blobs.find(address, Optional.of(previous)).isEmpty()) {
            throw new ServiceFailure(409, "PreviousSnapshotNotFound", "The previous snapshot is not found.");
        }
        try (Blobs.Opened older = blobs.openStored(address, Optional.of(previous));
                Blobs.Opened newer = blobs.openStored(address, Optional.ofNullable(blob.generation()))) {
            return new PageDifferences(older, newer)
                .between(older.blob().record().pages(), newer.blob().record().pages(), asked);
        }
    }

    private static Generation previous(Exchange exchange, BlobAddress address) {
        String url = exchange.header(PREVIOUS_URL);
        String snapshot = url == null ? exchange.query(PREVIOUS) : snapshot(exchange, address, url);
        Target named = new Target(address.account(), address.container(), address.path(), "/",
            Map.of("snapshot", List.of(snapshot)), false);
        return Generation.of(named).orElseThrow();
    }

    private static String snapshot(Exchange exchange, BlobAddress address, String url) {
        try {
            URI uri = URI.create(url);
            Target target = Target.of(uri.getRawAuthority(), uri.getRawPath(), uri.getRawQuery(), null, address.account()::equals)
                .withFlatNames(exchange.target().flat());
            if (target.parameter("snapshot") != null && BlobAddress.of(target).equals(address)) {
                return target.parameter("snapshot");
            }
        } catch (IllegalArgumentException malformed) {
            throw ServiceFailure.invalidHeader(PREVIOUS_URL, url);
        }
        throw ServiceFailure.invalidHeader(PREVIOUS_URL, url);
    }

    private List<Difference> between(Pages older, Pages newer, Range asked) throws IOException {
        for (Range range : without(newer, older).ranges()) {
            add(range.within(asked), false);
        }
        for (Range range : without(older, newer).ranges()) {
            add(range.within(asked), true);
        }
        for (Range range : newer.ranges()) {
            for (Range other : older.ranges()) {
                compare(range.within(other).within(asked));
            }
        }
        return joined();
    }

    private static Pages without(Pages pages, Pages others) {
        Pages left = pages;
        for (Range range : others.ranges()) {
            left = left.without(range);
        }
        return left;
    }

    private void add(Range range, boolean cleared) {
        if (!range.isEmpty()) {
            found.add(new Difference(range, cleared));
        }
    }

    /** Looks at the bytes of pages that both have. */
    private void compare(Range both) throws IOException {
        if (!Objects.equals(before.blob().record().keyHash(), after.blob().record().keyHash())) {
            add(both, false);
            return;
        }
        for (long offset = both.first(); offset <= both.last(); offset += PAGES_AT_ONCE * PAGE) {
            int pages = (int) Math.min(PAGES_AT_ONCE, (both.last() + 1 - offset) / PAGE);
            read(before, old, offset, pages);
            read(after, fresh, offset, pages);
            for (int page = 0; page < pages; page++) {
                if (old.slice(page * storedPage, storedPage).mismatch(fresh.slice(page * storedPage, storedPage)) >= 0) {
                    add(new Range(offset + page * PAGE, offset + page * PAGE + PAGE - 1), false);
                }
            }
        }
    }

    private void read(Blobs.Opened file, ByteBuffer buffer, long offset, int pages) throws IOException {
        buffer.clear().limit(pages * storedPage);
        long place = file.blob().place(offset);
        while (buffer.hasRemaining()) {
            if (file.channel().read(buffer, place + buffer.position()) < 0) {
                throw new IOException("The file became shorter while it was read");
            }
        }
        buffer.flip();
    }

    private List<Difference> joined() {
        found.sort(Comparator.comparing(difference -> difference.range().first()));
        List<Difference> joined = new ArrayList<>();
        for (Difference next : found) {
            Difference last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && last.cleared() == next.cleared() && last.range().last() + 1 == next.range().first()) {
                joined.set(joined.size() - 1, new Difference(new Range(last.range().first(), next.range().last()), next.cleared()));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }
}
