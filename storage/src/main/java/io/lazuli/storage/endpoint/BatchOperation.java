package io.lazuli.storage.endpoint;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.authorisation.Authorisation;
import io.lazuli.storage.http.CurrentExchange;
import io.lazuli.storage.http.DataLakeRequest;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Operation;
import io.lazuli.storage.http.PartExchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import io.lazuli.storage.log.RequestLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blob Batch: up to 256 requests to delete blobs or set their tiers, each authorised by itself. */
final class BatchOperation implements Operation {
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int MAX_PARTS = 256;
    private static final Pattern BOUNDARY =
        Pattern.compile("multipart/mixed\\s*;\\s*boundary\\s*=\\s*(?:\"(?<quoted>[^\"]{1,70})\"|(?<bare>[^\";\\s]{1,70}))\\s*(?:;.*)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]+) (\\S+) HTTP/1\\.1");

    private record Part(String id, PartExchange exchange, Target target) {
    }

    private final Predicate<String> isAccount;
    private final Authorisation authorisation;
    private final Function<Exchange, Operation> routes;
    private final RequestLog log;

    BatchOperation(Predicate<String> isAccount, Authorisation authorisation, Function<Exchange, Operation> routes, RequestLog log) {
        this.log = log;
        this.isAccount = isAccount;
        this.authorisation = authorisation;
        this.routes = routes;
    }

    @Override
    public void run(Exchange exchange) throws IOException {
        String type = exchange.header("Content-Type");
        Matcher boundary = BOUNDARY.matcher(type == null ? "" : type);
        if (!boundary.matches()) {
            throw ServiceFailure.invalidHeader("Content-Type", String.valueOf(type));
        }
        String bare = boundary.group("bare");
        List<Part> parts = parts(exchange, exchange.bodyText(MAX_BYTES), "--" + (bare == null ? boundary.group("quoted") : bare));
        if (parts.isEmpty()) {
            throw ServiceFailure.badRequest("InvalidInput", "A batch has 1 to " + MAX_PARTS + " requests.");
        }
        Optional<ServiceFailure> refusal = refusal(exchange, parts);
        if (refusal.isPresent()) {
            // One answer that belongs to no part tells clients that nothing of the batch was done.
            Part first = parts.getFirst();
            within(exchange, first).respondFailure(refusal.get(), false);
            answer(exchange, List.of(new Part(null, first.exchange(), first.target())));
            return;
        }
        for (Part part : parts) {
            run(exchange, part);
        }
        answer(exchange, parts);
    }

    private static Optional<ServiceFailure> refusal(Exchange exchange, List<Part> parts) {
        if (parts.size() > MAX_PARTS) {
            return Optional.of(ServiceFailure.badRequest("ExceedsMaxBatchRequestCount",
                "The batch operation exceeds maximum number of allowed subrequests."));
        }
        String container = exchange.target().container();
        boolean elsewhere = !container.isEmpty() && parts.stream().anyMatch(part -> !part.target().container().equals(container));
        return elsewhere ? Optional.of(ServiceFailure.badRequest("InvalidInput",
            "A batch of a container is about blobs of this container only.")) : Optional.empty();
    }

    private static void answer(Exchange exchange, List<Part> parts) throws IOException {
        String answer = "batchresponse_" + UUID.randomUUID();
        StringBuilder body = new StringBuilder();
        for (Part part : parts) {
            body.append("--").append(answer).append("\r\nContent-Type: application/http\r\n");
            if (part.id() != null) {
                body.append("Content-ID: ").append(part.id()).append("\r\n");
            }
            body.append("\r\n").append(part.exchange().answer());
        }
        // Nothing follows: there are clients that take it for a part.
        body.append("--").append(answer).append("--");
        exchange.respondText(202, "multipart/mixed; boundary=" + answer, body.toString());
    }

    private static Exchange within(Exchange outer, Part part) {
        Exchange exchange = part.exchange().exchange(part.target());
        exchange.setEncryptionScopes(outer.encryptionScopes());
        exchange.set("x-ms-request-id", exchange.requestId());
        exchange.set("x-ms-version", outer.header("x-ms-version"));
        exchange.setVersion(outer.version());
        return exchange;
    }

    private void run(Exchange outer, Part part) throws IOException {
        Exchange exchange = within(outer, part);
        Target target = exchange.target();
        try {
            boolean ofBlob = !DataLakeRequest.isMarked(exchange) && target.parameter("restype") == null;
            boolean deletes = exchange.method().equals("DELETE") && target.parameter("comp") == null;
            boolean setsTier = exchange.method().equals("PUT") && "tier".equals(target.parameter("comp"));
            if (!target.account().equals(outer.target().account()) || target.path().isEmpty() || !ofBlob
                    || !deletes && !setsTier) {
                throw ServiceFailure.badRequest("InvalidInput", "A batch deletes blobs of one account, or sets their tiers.");
            }
            exchange.setOperation(OperationNames.of(exchange));
            authorisation.check(exchange);
            CurrentExchange.run(exchange, routes.apply(exchange));
        } catch (ServiceFailure failure) {
            exchange.respondFailure(failure, false);
        } catch (LazuliException failure) {
            exchange.respondFailure(RequestHandler.translate(failure), false);
        }
        log.add(exchange);
    }

    private List<Part> parts(Exchange exchange, String body, String boundary) {
        List<Part> parts = new ArrayList<>();
        for (String piece : body.split(Pattern.quote(boundary))) {
            String text = piece.strip();
            if (!text.isEmpty() && !text.equals("--")) {
                parts.add(part(exchange, text.replace("\r\n", "\n")));
            }
        }
        return parts;
    }

    /** The part's own headers, an empty line, the request line, the request's headers. Nothing is done when one is no request. */
    private Part part(Exchange exchange, String text) {
        int empty = text.indexOf("\n\n");
        String[] lines = (empty < 0 ? "" : text.substring(empty + 2)).split("\n");
        Matcher line = REQUEST_LINE.matcher(lines[0].strip());
        if (!line.matches()) {
            throw ServiceFailure.badRequest("InvalidInput", "A part of the batch has no request line.");
        }
        Map<String, String> headers = headers(List.of(lines).subList(1, lines.length));
        String id = headers(List.of(text.substring(0, empty).split("\n"))).get("content-id");
        PartExchange part = exchange.part(line.group(1), line.group(2), headers);
        Target target = Target.of(exchange.header("Host"), part.rawPath(), part.rawQuery(), part.header("Authorization"), isAccount);
        return new Part(id, part, target.withFlatNames(exchange.target().flat()).withRoot());
    }

    private static Map<String, String> headers(List<String> lines) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
            }
        }
        return headers;
    }
}
