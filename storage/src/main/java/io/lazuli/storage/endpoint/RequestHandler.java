package io.lazuli.storage.endpoint;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.StorageError;
import io.lazuli.storage.StorageFailures;
import io.lazuli.storage.authorisation.Authorisation;
import io.lazuli.storage.blob.EncryptionScopes;
import io.lazuli.storage.blob.StaticWebsite;
import io.lazuli.storage.content.PathConflicts;
import io.lazuli.storage.content.Services;
import io.lazuli.storage.http.CurrentExchange;
import io.lazuli.storage.http.DataLakeRequest;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import io.lazuli.storage.log.RequestLog;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request from its arrival to its answer, on a thread of its own: authorise, find the operation, run it, word the failure. */
final class RequestHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
    private static final Pattern VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final String DEFAULT_VERSION = "2025-07-05";
    private static final ServiceFailure TOO_SLOW = new ServiceFailure(500, "OperationTimedOut",
        "The operation could not be completed within the permitted time.");
    private static final ServiceFailure INCOMPLETE = ServiceFailure.badRequest("InvalidInput",
        "One of the request inputs is not valid: the body ends before its announced length.");
    static final String HEALTH = "/lazuli/health";

    private final Predicate<String> isAccount;
    private final Authorisation authorisation;
    private final Routes routes;
    private final DataLakeRoutes dataLake;
    private final Services services;
    private final Cors cors;
    private final StaticWebsite website;
    private final RequestLog log;
    private final EncryptionScopes scopes;
    private final Consumer<Target> before;

    /** {@code before} is told what each request is about, before anything of it is looked at. */
    RequestHandler(Predicate<String> isAccount, Authorisation authorisation, Routes routes, DataLakeRoutes dataLake, Services services,
            StaticWebsite website, RequestLog log, EncryptionScopes scopes, Consumer<Target> before) {
        this.scopes = scopes;
        this.before = before;
        this.log = log;
        this.isAccount = isAccount;
        this.authorisation = authorisation;
        this.routes = routes;
        this.dataLake = dataLake;
        this.services = services;
        this.cors = new Cors(services);
        this.website = website;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, new Target("", "", "", "/", Map.of(), false), Exchange.newRequestId());
        try {
            exchange = open(request, response, exchange.requestId());
            if (exchange.target().rawPath().equals(HEALTH)) {
                exchange.respondText(200, "text/plain", "ready\n");
            } else {
                run(exchange);
                log.add(exchange);
            }
            end(exchange, callback);
        } catch (ServiceFailure failure) {
            refuse(exchange, failure, callback);
        } catch (LazuliException failure) {
            refuse(exchange, translate(failure), callback);
        } catch (Exception | StackOverflowError failure) {
            fail(exchange, failure, callback);
        }
        return true;
    }

    private static void end(Exchange exchange, Callback callback) throws IOException {
        if (exchange.end()) {
            callback.succeeded();
        } else {
            callback.failed(new EofException("The client sends more than is passed over"));
        }
    }

    /** Ends the connection in the middle of an answer. */
    private void leave(Exchange exchange, Throwable reason, Callback callback) {
        log.add(exchange);
        callback.failed(reason);
    }

    private void fail(Exchange exchange, Throwable failure, Callback callback) {
        Throwable reason = connectionFailure(failure);
        if (reason instanceof TimeoutException && !exchange.isAnswering()) {
            exchange.set("Connection", "close");
            // At the end of the service there is hardly any patience.
            refuse(exchange, getServer().isStopping() ? MalformedRequests.BUSY : TOO_SLOW, callback);
            return;
        }
        if (reason instanceof EofException && !exchange.isAnswering()) {
            exchange.set("Connection", "close");
            refuse(exchange, INCOMPLETE, callback);
            return;
        }
        if (reason != null) {
            leave(exchange, failure, callback);
            return;
        }
        LOG.error("{} {} failed", exchange.sentMethod(), exchange.uri(), failure);
        refuse(exchange, translate(failure), callback);
    }

    /** What happened to the connection, null when nothing did. */
    private static Throwable connectionFailure(Throwable failure) {
        Throwable reason = failure;
        while (reason != null && !(reason instanceof EofException || reason instanceof TimeoutException)) {
            reason = reason.getCause();
        }
        return reason;
    }

    private Exchange open(Request request, Response response, String id) {
        response.getHeaders().put("x-ms-request-id", id);
        String version = request.getHeaders().get("x-ms-version");
        response.getHeaders().put("x-ms-version", version == null ? DEFAULT_VERSION : version);
        String client = request.getHeaders().get("x-ms-client-request-id");
        if (client != null && client.length() <= 1024) {
            response.getHeaders().put("x-ms-client-request-id", client);
        }
        if (version != null && !VERSION.matcher(version).matches()) {
            throw ServiceFailure.invalidHeader("x-ms-version", version);
        }
        Target target = Target.of(request.getHeaders().get("Host"), request.getHttpURI().getPath(), request.getHttpURI().getQuery(),
            request.getHeaders().get("Authorization"), isAccount);
        target = target.withFlatNames(services.isFlat(target.account()));
        // What is renamed into a file system's root has no parameter that says so.
        target = request.getHeaders().contains("x-ms-rename-source") ? target : target.withRoot();
        String usual = services.of(target.account()).defaultVersion();
        if (version == null && usual != null) {
            response.getHeaders().put("x-ms-version", usual);
        }
        Exchange exchange = new Exchange(request, response, target, id);
        exchange.setEncryptionScopes(scopes.of(target.account()));
        return exchange;
    }

    private void run(Exchange exchange) throws IOException {
        exchange.setOperation(OperationNames.of(exchange));
        exchange.requireMethod();
        Optional<Target> page = StaticWebsite.page(exchange.header("Host"), exchange.target().rawPath());
        Exchange asked = page.map(exchange::at).orElse(exchange);
        if (asked.sentMethod().equals("OPTIONS")) {
            cors.preflight(asked);
            return;
        }
        cors.describe(asked);
        if (exchange.isSecondary() && !isReading(exchange)) {
            throw new ServiceFailure(403, "InsufficientAccountPermissions", "Write operations are not allowed.");
        }
        if (page.isPresent()) {
            asked.setEncryptionScopes(scopes.of(asked.target().account()));
            website.serve(asked);
            return;
        }
        before.accept(asked.target());
        authorisation.check(exchange);
        scopes.enter(exchange);
        try {
            CurrentExchange.run(exchange, DataLakeRequest.is(exchange) ? dataLake.find(exchange) : routes.find(exchange));
        } catch (ServiceFailure failure) {
            authorisation.noteFailure(exchange, failure);
            throw failure;
        }
    }

    private static boolean isReading(Exchange exchange) {
        return List.of("GET", "HEAD").contains(exchange.method()) || "query".equals(exchange.query("comp"));
    }

    static ServiceFailure translate(Throwable failure) {
        if (StorageFailures.coded(failure) instanceof LazuliException known) {
            if (known.code() == StorageError.INVALID_NAME) {
                return ServiceFailure.badRequest("InvalidUri", "The requested URI does not represent any resource on the server. "
                    + known.getMessage());
            }
            if (known.code() == StorageError.PATH_CONFLICT) {
                return PathConflicts.failure();
            }
            if (known.code() == CommonError.FORBIDDEN) {
                LOG.warn("A request was refused: {}", known.getMessage());
                return new ServiceFailure(403, "AuthorizationFailure", "This request is not authorized to perform this operation.");
            }
            if (known.code() == CommonError.DISK_FULL) {
                return new ServiceFailure(507, "InsufficientStorage", "The disk is full; nothing was changed.");
            }
            LOG.error("A request failed", known);
        }
        return new ServiceFailure(500, "InternalError", "The server encountered an internal error. Please retry the request.");
    }

    private void refuse(Exchange exchange, ServiceFailure failure, Callback callback) {
        try {
            exchange.respondFailure(failure, exchange.target().dfsHost() || DataLakeRequest.is(exchange));
        } catch (IOException problem) {
            leave(exchange, problem, callback);
            return;
        }
        log.add(exchange);
        try {
            end(exchange, callback);
        } catch (IOException problem) {
            callback.failed(problem);
        }
    }
}
