package io.lazuli.storage.authorisation;

import io.lazuli.governance.principal.Principal;
import io.lazuli.storage.http.Caller;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.Operation;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Xml;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Get User Delegation Key: for those who came with a token, for at most seven days. */
public final class GetUserDelegationKey implements Operation {
    private static final int MAX_BYTES = 8 * 1024;
    private static final Duration MAX_LIFE = Duration.ofDays(7);
    private static final String SERVICE = "b";

    private final UserDelegationKeys keys;
    private final String tenant;

    public GetUserDelegationKey(UserDelegationKeys keys, String tenant) {
        this.keys = keys;
        this.tenant = tenant;
    }

    @Override
    public void run(Exchange exchange) throws IOException {
        if (exchange.caller().authentication() != Caller.Authentication.OAUTH) {
            throw SharedKey.failed("Only authentication scheme Bearer is supported.");
        }
        Principal principal = exchange.caller().principal().orElseThrow();
        Xml.Element asked = Xml.parse(exchange.bodyText(MAX_BYTES));
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant start = asked.child("Start") == null || asked.child("Start").isEmpty() ? now : time(asked, "Start");
        Instant expiry = time(asked, "Expiry");
        if (!expiry.isAfter(start) || !expiry.isAfter(now) || expiry.isAfter(now.plus(MAX_LIFE).plusSeconds(60))) {
            throw invalid("Expiry", asked.child("Expiry"));
        }
        String delegated = asked.child("DelegatedUserTid") == null ? "" : asked.child("DelegatedUserTid");
        String version = exchange.header("x-ms-version");
        UserDelegationKeys.Subject subject = new UserDelegationKeys.Subject(exchange.target().account(), principal.objectId(), tenant,
            start.toString(), expiry.toString(), SERVICE, version, delegated);
        Xml xml = new Xml().open("UserDelegationKey").element("SignedOid", subject.objectId()).element("SignedTid", tenant)
            .element("SignedStart", subject.start()).element("SignedExpiry", subject.expiry()).element("SignedService", SERVICE)
            .element("SignedVersion", version).optional("SignedDelegatedUserTid", delegated.isEmpty() ? null : delegated)
            .element("Value", keys.key(subject));
        exchange.respondXml(200, xml.close("UserDelegationKey").toString());
    }

    private static Instant time(Xml.Element asked, String name) {
        String text = asked.child(name);
        Instant time = text == null ? null : HttpDates.parse(text);
        if (time == null) {
            throw invalid(name, text);
        }
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static ServiceFailure invalid(String name, String value) {
        return ServiceFailure.badRequest("InvalidXmlNodeValue",
            "The value provided for one of the XML nodes in the request body was not in the correct format.")
            .with("XmlNodeName", name).with("XmlNodeValue", String.valueOf(value));
    }
}
