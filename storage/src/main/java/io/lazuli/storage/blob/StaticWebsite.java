package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Services;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import io.lazuli.storage.metadata.ServiceRecord.Website;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The container {@code $web} as a site that everybody may read, at {@code ACCOUNT.web.…} and {@code /lazuli/web/ACCOUNT/…}. */
public final class StaticWebsite {
    private static final String WEB = "$web";
    private static final Pattern HOST = Pattern.compile("([a-z0-9]{3,24})(?:-secondary)?\\.(?:z[0-9]+\\.)?web\\..+");
    private static final Pattern PATH = Pattern.compile("/lazuli/web/([a-z0-9]{3,24})(?:/(.*))?");

    private final Services services;
    private final Containers containers;
    private final Blobs blobs;
    private final ReadBlob reads;

    public StaticWebsite(Services services, Containers containers, Blobs blobs, ReadBlob reads) {
        this.services = services;
        this.containers = containers;
        this.blobs = blobs;
        this.reads = reads;
    }

    /** The page that a request asks a site for, empty when it speaks to another endpoint. */
    public static Optional<Target> page(String host, String rawPath) {
        boolean named = host != null && host.toLowerCase(Locale.ROOT).contains("web.");
        if (!named && !rawPath.startsWith("/lazuli/web/")) {
            return Optional.empty();
        }
        Matcher site = HOST.matcher(host == null ? "" : host.toLowerCase(Locale.ROOT));
        Matcher path = PATH.matcher(rawPath);
        if (site.matches()) {
            return Optional.of(target(site.group(1), rawPath.replaceFirst("^/", ""), rawPath));
        }
        return path.matches() ? Optional.of(target(path.group(1), path.group(2) == null ? "" : path.group(2), rawPath)) : Optional.empty();
    }

    private static Target target(String account, String page, String rawPath) {
        return new Target(account, WEB, Target.decode(page), rawPath, Map.of(), false);
    }

    /** Answers with the page, the index document of a folder, or the error document. */
    public void serve(Exchange exchange) throws IOException {
        if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
            throw new ServiceFailure(405, "UnsupportedHttpVerb", "The resource doesn't support specified Http Verb.");
        }
        Target target = exchange.target();
        Website website = services.of(target.account()).website();
        if (website.enabled() && containers.exists(target.account(), WEB)) {
            for (String candidate : candidates(target.path(), website)) {
                if (find(target, candidate).isPresent()) {
                    reads.get(exchange.at(target.withPath(WEB, candidate)));
                    return;
                }
            }
            if (website.errorDocument() != null && find(target, website.errorDocument()).isPresent()) {
                errorDocument(exchange, BlobAddress.of(target.account(), WEB, website.errorDocument()));
                return;
            }
        }
        notFound(exchange);
    }

    /** A folder's page stands for the folder, with a slash at its end or without. */
    private static List<String> candidates(String path, Website website) {
        List<String> candidates = new ArrayList<>();
        if (!path.isEmpty() && !path.endsWith("/")) {
            candidates.add(path);
        }
        if (website.indexDocument() != null) {
            candidates.add(path.isEmpty() || path.endsWith("/") ? path + website.indexDocument() : path + "/" + website.indexDocument());
        }
        if (website.defaultIndexDocument() != null) {
            candidates.add(website.defaultIndexDocument());
        }
        return candidates;
    }

    private Optional<Blob> find(Target target, String path) {
        try {
            return blobs.find(BlobAddress.of(target.account(), WEB, path));
        } catch (ServiceFailure noSuchName) {
            return Optional.empty();
        }
    }

    private void errorDocument(Exchange exchange, BlobAddress address) throws IOException {
        try (Blobs.Opened opened = blobs.open(address)) {
            BlobHeaders.write(exchange, opened.blob());
            exchange.respondFile(404, opened.channel(), 0, opened.blob().size());
        }
    }

    private static void notFound(Exchange exchange) throws IOException {
        exchange.set("x-ms-error-code", "WebContentNotFound");
        exchange.respondText(404, "text/html", """
            <!DOCTYPE html><html><head><title>WebContentNotFound</title></head><body><h1>The requested content does not exist.</h1>
            <p><ul><li>HttpStatusCode: 404</li><li>ErrorCode: WebContentNotFound</li><li>RequestId : %s</li><li>TimeStamp : %s</li></ul></p>
            </body></html>
            """.formatted(exchange.requestId(), Instant.now()));
    }
}
