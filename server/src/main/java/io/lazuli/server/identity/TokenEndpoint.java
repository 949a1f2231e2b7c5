package io.lazuli.server.identity;

import io.lazuli.governance.token.TokenService;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import tools.jackson.databind.json.JsonMapper;

/**
 * The addresses at which Azure's identity libraries get tokens: those of Microsoft Entra ID (discovery, keys, tokens) and those of managed
 * identities (App Service's and the one of virtual machines). Other requests are left to the next handler.
 */
public final class TokenEndpoint extends Handler.Abstract {
    /** Where managed identities ask. */
    public static final String IDENTITY_PATH = "/lazuli/identity/token";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern ENTRA = Pattern.compile("/([0-9a-fA-F-]{36}|common|organizations|adfs)"
        + "(?<what>/discovery/instance|(?:/v2\\.0)?/\\.well-known/openid-configuration|/discovery(?:/v2\\.0)?/keys"
        + "|/oauth2(?:/v2\\.0)?/token)");
    private static final Pattern MACHINE = Pattern.compile("/lazuli/identity/([^/]+)/metadata/identity/oauth2/token");
    private static final Set<String> ANY_TENANT = Set.of("common", "organizations", "adfs");
    private static final int MAX_FIELDS = 64;
    private static final int MAX_FORM_BYTES = 64 * 1024;

    private final TokenService tokens;
    private final TokenRequests requests;
    private final ManagedIdentities managed;

    public TokenEndpoint(LocalIdentities identities, TokenService tokens) {
        this.tokens = tokens;
        this.requests = new TokenRequests(identities, tokens);
        this.managed = new ManagedIdentities(identities, tokens);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (!path.contains("/oauth2/") && !path.contains("/discovery/") && !path.contains("/.well-known/") && !path.equals(IDENTITY_PATH)) {
            // Nearly all requests are about the lake.
            return false;
        }
        Matcher entra = ENTRA.matcher(path);
        Matcher machine = MACHINE.matcher(path);
        TokenAnswer answer;
        if (entra.matches()) {
            answer = entra(request, entra.group(1), entra.group("what"));
        } else if (path.equals(IDENTITY_PATH)) {
            String secret = request.getHeaders().get("X-IDENTITY-HEADER");
            answer = managed.answer(secret == null ? request.getHeaders().get("secret") : secret, Request.extractQueryParameters(request));
        } else if (machine.matches()) {
            boolean marked = "true".equalsIgnoreCase(request.getHeaders().get("Metadata"));
            answer = marked ? managed.answer(machine.group(1), Request.extractQueryParameters(request))
                : TokenAnswer.failed(400, "invalid_request", "Required metadata header not specified");
        } else {
            return false;
        }
        respond(request, response, callback, answer);
        return true;
    }

    private TokenAnswer entra(Request request, String tenant, String what) throws Exception {
        if (!ANY_TENANT.contains(tenant) && !tenant.equalsIgnoreCase(tokens.tenant().id())) {
            return TokenAnswer.failed(400, "invalid_tenant", "AADSTS90002: Tenant '" + tenant + "' not found. The tenant of this data "
                + "directory is '" + tokens.tenant().id() + "'.");
        }
        String authority = authority(request);
        if (what.endsWith("/token")) {
            return requests.answer(request.getMethod(), request.getHeaders().get(HttpHeader.AUTHORIZATION), form(request));
        }
        if (what.endsWith("/keys")) {
            return TokenAnswer.text(tokens.publicKeys());
        }
        return TokenAnswer.of(what.endsWith("/instance") ? Discovery.instance(authority, tokens.tenant().id())
            : Discovery.configuration(authority, tenant.equals("adfs") ? "adfs" : tokens.tenant().id(), tokens.issuer()));
    }

    private static String authority(Request request) {
        return "https://" + request.getHttpURI().getAuthority();
    }

    private static Map<String, String> form(Request request) throws Exception {
        Fields fields = FormFields.getFields(request, MAX_FIELDS, MAX_FORM_BYTES);
        Map<String, String> form = new HashMap<>();
        fields.forEach(field -> form.put(field.getName(), field.getValue()));
        return form;
    }

    private static void respond(Request request, Response response, Callback callback, TokenAnswer answer) {
        byte[] body = (answer.text() == null ? JSON.writeValueAsString(answer.body()) : answer.text()).getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, request.getMethod().equals("HEAD") ? null : ByteBuffer.wrap(body), callback);
    }
}
