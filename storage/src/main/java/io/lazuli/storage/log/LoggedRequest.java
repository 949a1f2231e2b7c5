package io.lazuli.storage.log;

import io.lazuli.governance.principal.Principal;
import io.lazuli.storage.http.AccessDecision;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Target;
import io.lazuli.storage.http.Traffic;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the log keeps of an answered request: taken on the request's thread, which only copies; {@link LogRow} words it later.
 *
 * @param headers of the request, names in lower case
 * @param answer headers of the answer that the log shows, names in lower case
 */
record LoggedRequest(
        Instant began, long nanos, String operation, Target target, String uri, int status, String caller, boolean secure, String tls,
        Map<String, String> headers, Map<String, String> answer, String requestId, long requestHeaderBytes, long requestBodyBytes,
        long responseHeaderBytes, long responseBodyBytes, Optional<Requester> requester) {
    private static final List<String> SHOWN = List.of("authorization", "x-ms-version", "x-ms-client-request-id", "user-agent", "referer",
        "content-length", "content-md5", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "x-ms-if-tags",
        "x-ms-copy-source", "x-ms-rename-source", "x-ms-access-tier", "x-ms-rehydrate-priority");
    private static final List<String> ANSWERED = List.of("etag", "last-modified", "x-ms-error-code", "content-md5", "x-ms-version",
        "x-ms-access-tier");

    /**
     * Who asked, when a token told, or a signature that a principal gave.
     *
     * @param name of a user, else null
     * @param appId of an application, else null
     */
    record Requester(String objectId, String name, String appId, List<AccessDecision> decisions) {
        static Requester of(Principal principal, List<AccessDecision> decisions) {
            return new Requester(principal.objectId(), principal.kind() == Principal.Kind.USER ? principal.name() : null,
                principal.clientId(), decisions);
        }
    }

    static LoggedRequest of(Exchange exchange) {
        Traffic traffic = exchange.traffic();
        return new LoggedRequest(traffic.began(), traffic.elapsedNanos(), exchange.operation(), exchange.target(), exchange.uri(),
            traffic.status(), traffic.client(), exchange.isSecure(), traffic.tlsVersion(), traffic.headers(SHOWN),
            traffic.answerHeaders(ANSWERED), exchange.requestId(), traffic.headerBytes(), traffic.bodyBytes(),
            traffic.answerHeaderBytes(), traffic.answerBodyBytes(),
            exchange.caller().principal().map(principal -> Requester.of(principal, exchange.decisions())));
    }

    /** How it was authenticated, as Azure names it. */
    String authentication() {
        String authorization = headers.getOrDefault("authorization", "").toLowerCase(Locale.ROOT);
        if (authorization.startsWith("sharedkey")) {
            return "AccountKey";
        }
        if (target.parameter("sig") != null) {
            return target.parameter("skoid") != null ? "DelegationSas" : "SAS";
        }
        return authorization.startsWith("bearer") ? "OAuth" : "Anonymous";
    }
}
