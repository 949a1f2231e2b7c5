package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.Generation;
import io.lazuli.storage.content.PageBlobs;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Xml;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.Pages;
import io.lazuli.storage.metadata.Pages.Range;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Put Blob of a page blob, Put Page, Put Page From URL, Get Page Ranges, and what Set Blob Properties does to page blobs. */
public final class PageOperations {
    private static final long MAX_WRITE_BYTES = 4 * 1024 * 1024;
    private static final String SIZE = "x-ms-blob-content-length";

    private final Containers containers;
    private final Blobs blobs;
    private final PageBlobs pages;
    private final CopySources sources;

    public PageOperations(Containers containers, Blobs blobs, PageBlobs pages, CopySources sources) {
        this.containers = containers;
        this.blobs = blobs;
        this.pages = pages;
        this.sources = sources;
    }

    private BlobAddress address(Exchange exchange) {
        BlobHeaders.refuseUnsupportedButKey(exchange);
        containers.require(exchange.target().account(), exchange.target().container());
        return BlobAddress.of(exchange.target());
    }

    /** Makes a page blob of clear pages. */
    static void create(Exchange exchange, Blobs blobs) throws IOException {
        if (exchange.contentLength() > 0) {
            throw ServiceFailure.invalidHeader("Content-Length", Long.toString(exchange.contentLength()));
        }
        if (exchange.header(SIZE) == null) {
            throw ServiceFailure.missingHeader(SIZE);
        }
        long size = PageRanges.size(exchange.header(SIZE));
        Long number = PageRanges.number(exchange, "x-ms-blob-sequence-number");
        BlobAddress address = BlobAddress.of(exchange.target());
        BlobRecord record = PutBlob.properties(exchange, BlobKind.PageBlob).withPages(new Pages(number == null ? 0 : number, null));
        try (StagedFile content = blobs.stagePages(address, CustomerKey.of(exchange), size)) {
            PutBlob.answer(exchange, blobs.put(address, content.seal(), record, WriteCheck.replacing(exchange)));
        }
    }

    /** Writes pages, or clears them. */
    public void put(Exchange exchange) throws IOException {
        BlobAddress address = address(exchange);
        String write = exchange.header("x-ms-page-write");
        Range range = PageRanges.written(exchange);
        switch (write == null ? "" : write) {
            case "update" -> update(exchange, address, range);
            case "clear" -> clear(exchange, address, range);
            default -> throw write == null ? ServiceFailure.missingHeader("x-ms-page-write")
                : ServiceFailure.invalidHeader("x-ms-page-write", write);
        }
    }

    private void update(Exchange exchange, BlobAddress address, Range range) throws IOException {
        long length = range.last() - range.first() + 1;
        if (length > MAX_WRITE_BYTES) {
            throw new ServiceFailure(413, "RequestBodyTooLarge",
                "The request body is too large and exceeds the maximum permissible limit.")
                .with("MaxLimit", Long.toString(MAX_WRITE_BYTES));
        }
        try (StagedFile bytes = blobs.stage(address, CustomerKey.of(exchange))) {
            if (exchange.header("x-ms-copy-source") != null) {
                FromUrl.copyRange(exchange, sources, bytes, MAX_WRITE_BYTES);
            } else {
                Checksums checksums = Checksums.ofPart(exchange);
                exchange.body().writeTo(bytes.channel(), 0, checksums.quick(), checksums.slow());
                checksums.verify(exchange);
            }
            if (bytes.channel().size() != length) {
                throw ServiceFailure.invalidHeader("Content-Length", Long.toString(bytes.channel().size()));
            }
            answer(exchange, pages.write(address, range.first(), Blobs.Part.of(bytes.seal(), length), check(exchange, range),
                changing(old -> old.with(range))));
        }
    }

    private void clear(Exchange exchange, BlobAddress address, Range range) throws IOException {
        if (exchange.contentLength() > 0) {
            throw ServiceFailure.invalidHeader("Content-Length", Long.toString(exchange.contentLength()));
        }
        answer(exchange, pages.clear(address, range.first(), range.last() + 1, CustomerKey.of(exchange), check(exchange, range),
            changing(old -> old.without(range))));
    }

    private static UnaryOperator<BlobRecord> changing(UnaryOperator<Pages> change) {
        return record -> record.withPages(change.apply(record.pages()));
    }

    private static Consumer<Blob> check(Exchange exchange, Range range) {
        Consumer<Blob> changing = WriteCheck.writing(exchange, exchange.header("x-ms-lease-id"));
        return blob -> {
            requirePages(blob);
            changing.accept(blob);
            PageRanges.checkSequence(exchange, blob.record().pages().sequenceNumber());
            if (range.last() >= blob.size()) {
                throw PageRanges.invalid();
            }
        };
    }

    private static void requirePages(Blob blob) {
        if (blob.record().kind() != BlobKind.PageBlob) {
            throw ServiceFailure.invalidBlobType();
        }
    }

    private static void answer(Exchange exchange, Blob blob) throws IOException {
        exchange.set("x-ms-blob-sequence-number", blob.record().pages().sequenceNumber());
        PutBlob.answer(exchange, blob);
    }

    public void ranges(Exchange exchange) throws IOException {
        BlobAddress address = address(exchange);
        Blob blob = blobs.require(address, Generation.of(exchange.target()));
        requirePages(blob);
        LeaseCheck.read("Blob", blob.lease(), exchange.header("x-ms-lease-id"));
        Conditions.of(exchange).checkRead(blob.etag(), blob.record().modified());
        TagCondition.check(exchange, blob.record().tags());
        Range asked = PageRanges.asked(exchange, blob.size());
        List<PageDifferences.Difference> all = PageDifferences.areAsked(exchange) ? PageDifferences.of(exchange, blobs, blob, asked)
            : blob.record().pages().ranges().stream().map(range -> range.within(asked)).filter(range -> !range.isEmpty())
                .map(range -> new PageDifferences.Difference(range, false)).toList();
        Xml xml = page(exchange, all);
        BlobHeaders.identity(exchange, blob);
        exchange.set(SIZE, blob.size());
        exchange.respondXml(200, xml.close("PageList").toString());
    }

    /** As many ranges as are asked for, from the one that the marker names. */
    private static Xml page(Exchange exchange, List<PageDifferences.Difference> all) {
        Paging paging = Paging.of(exchange.query("marker"), exchange.query("maxresults"));
        int limit = exchange.query("maxresults") == null ? Integer.MAX_VALUE : paging.limit();
        if (!paging.after().matches("\\d{0,18}")) {
            throw ServiceFailure.invalidParameter("marker", exchange.query("marker"), "The marker is not one that this service gave.");
        }
        long begin = paging.after().isEmpty() ? 0 : Long.parseLong(paging.after());
        List<PageDifferences.Difference> rest = all.stream().filter(difference -> difference.range().first() >= begin).toList();
        Xml xml = new Xml().open("PageList");
        rest.stream().limit(limit)
            .forEach(difference -> write(xml, difference.cleared() ? "ClearRange" : "PageRange", difference.range()));
        return xml.optional("NextMarker", rest.size() <= limit ? null : Paging.marker(Long.toString(rest.get(limit).range().first())));
    }

    private static void write(Xml xml, String name, Range range) {
        xml.open(name).element("Start", range.first()).element("End", range.last()).close(name);
    }

    /** Whether a request to set properties is about what page blobs have alone. */
    public static boolean concerns(Exchange exchange) {
        return exchange.header(SIZE) != null || exchange.header("x-ms-sequence-number-action") != null
            || exchange.header("x-ms-blob-sequence-number") != null;
    }

    /** Sets size and sequence number; content headers stay unless the request has one, which takes away all that it has not. */
    public void setProperties(Exchange exchange) throws IOException {
        BlobAddress address = address(exchange);
        ContentHeaders given = BlobHeaders.read(exchange, false);
        boolean plain = given.equals(ContentHeaders.ofType(null));
        ContentHeaders headers = given.asAll();
        String size = exchange.header(SIZE);
        Consumer<Blob> changing = WriteCheck.changing(exchange);
        Consumer<Blob> check = blob -> {
            requirePages(blob);
            changing.accept(blob);
        };
        UnaryOperator<BlobRecord> change = record -> (plain ? record : record.withHeaders(headers)).withPages(
            record.pages().withSequenceNumber(PageRanges.nextSequence(exchange, record.pages().sequenceNumber())));
        Blob blob = size == null ? blobs.update(address, check, change)
            : pages.resize(address, PageRanges.size(size), check, record -> {
                BlobRecord changed = change.apply(record);
                return changed.withPages(changed.pages().without(new Range(PageRanges.size(size), Long.MAX_VALUE - 1)));
            });
        BlobHeaders.identity(exchange, blob);
        exchange.set("x-ms-blob-sequence-number", blob.record().pages().sequenceNumber());
        exchange.respond(200);
    }
}
