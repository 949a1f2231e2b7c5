package io.lazuli.storage.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** One request and its answer. Changed by the request's thread only; every operation answers once. */
public final class Exchange {
    private static final String SCOPE = "x-ms-encryption-scope";
    /** What is no more true when an answer becomes a failure. */
    private static final List<String> OF_CONTENT = List.of(SCOPE, "Content-MD5", "x-ms-content-crc64", "ETag", "Last-Modified");
    private static final String OVERRIDE = "X-HTTP-Method-Override";

    private final Request request;
    private final Response response;
    private final Target target;
    private final String requestId;
    private final Traffic traffic;
    private String operation = "Unknown";
    private Caller caller = Caller.NOBODY;
    private List<AccessDecision> decisions = List.of();
    private Map<String, Boolean> encryptionScopes = Map.of();
    private String encryptionScope;
    private String containerScope;
    private String version;
    private UnaryOperator<String> names = UnaryOperator.identity();
    private Consumer<Target> replacing = target -> { };

    public Exchange(Request request, Response response, Target target, String requestId) {
        this.request = request;
        this.response = response;
        this.target = target;
        this.requestId = requestId;
        this.traffic = new Traffic(request, response);
    }

    public static String newRequestId() {
        return UUID.randomUUID().toString();
    }

    /** The same request, understood as one about something else. */
    public Exchange at(Target other) {
        Exchange same = new Exchange(request, response, other, requestId);
        same.encryptionScopes = encryptionScopes;
        return same;
    }

    public Target target() {
        return target;
    }

    public String requestId() {
        return requestId;
    }

    /** What has gone over the connection, for those who log it. */
    public Traffic traffic() {
        return traffic;
    }

    /** What Azure's logs call the operation. */
    public String operation() {
        return operation;
    }

    /** Says which operation it is, before it runs or when it turns out while it does. */
    public void setOperation(String name) {
        operation = name;
    }

    /** Who makes the request. */
    public Caller caller() {
        return caller;
    }

    /** Says who makes the request, as soon as that is known. */
    public void setCaller(Caller known) {
        caller = known;
    }

    /** Says what refuses when the request may not replace what is at a target; that of the request is asked when something is there. */
    public void setReplacing(Consumer<Target> check) {
        replacing = check;
    }

    /** Fails unless the request may replace what is there by now, though there was nothing when it was let in. */
    public void requireReplacing() {
        replacing.accept(target);
    }

    /** Fails unless the request may make what it makes, or replace what is there, in a place other than its target. */
    public void requireReplacing(String path) {
        replacing.accept(target.withPath(target.container(), path));
    }

    /** Whether the account's encryption scopes are enabled, by name. */
    public Map<String, Boolean> encryptionScopes() {
        return encryptionScopes;
    }

    public void setEncryptionScopes(Map<String, Boolean> known) {
        encryptionScopes = known;
    }

    /** The scope under which the request's content is encrypted, null for the account's own. */
    public String encryptionScope() {
        return encryptionScope;
    }

    /** Says which scope it is; the answer names it too. */
    public void setEncryptionScope(String name) {
        encryptionScope = name;
        set(SCOPE, name);
    }

    /** The scope of new contents of the container for which a request names none; null where that does not matter. */
    public String containerScope() {
        return containerScope;
    }

    public void setContainerScope(String name) {
        containerScope = name;
    }

    /** What was decided of the principal that makes the request, in the order of the questions; empty when none does. */
    public List<AccessDecision> decisions() {
        return decisions;
    }

    public void addDecision(AccessDecision decision) {
        decisions = Stream.concat(decisions.stream(), Stream.of(decision)).toList();
    }

    /** What a principal is called in the answer: its name when the request asks for it and it is a user, else its object id. */
    public String shown(String objectId) {
        return "true".equalsIgnoreCase(query("upn")) || "true".equalsIgnoreCase(header("x-ms-upn")) ? names.apply(objectId) : objectId;
    }

    /** Says how the users of the tenant are called; what has no name stays as it is. */
    public void setNames(UnaryOperator<String> known) {
        names = known;
    }

    /** The verb as it was sent. */
    public String sentMethod() {
        return request.getMethod();
    }

    /** The verb that is meant: some clients cannot send {@code PATCH} and name it in a header. */
    public String method() {
        String sent = request.getMethod();
        // Signatures speak of the verb that was sent, so that no other one may stand for it.
        boolean patch = (sent.equals("PUT") || sent.equals("POST")) && "PATCH".equalsIgnoreCase(header(OVERRIDE));
        return patch ? "PATCH" : sent;
    }

    /** Fails when the request asks for a verb that may not stand for the one that was sent. */
    public void requireMethod() {
        String asked = header(OVERRIDE);
        if (asked != null && !asked.equalsIgnoreCase(method())) {
            throw ServiceFailure.invalidHeader(OVERRIDE, asked);
        }
    }

    /** The version of the protocol that the request is written in, null when it does not say; a batch says it for its parts. */
    public String version() {
        return version == null ? header("x-ms-version") : version;
    }

    public void setVersion(String asked) {
        version = asked;
    }

    public boolean isHead() {
        return "HEAD".equals(request.getMethod());
    }

    /** Whether it is about what the account has in its secondary region, which can be read only. */
    public boolean isSecondary() {
        return target.secondary();
    }

    /** The header's value without blanks around it, null when it is missing. */
    public String header(String name) {
        String value = request.getHeaders().get(name);
        return value == null ? null : value.strip();
    }

    /** All headers, names in lower case; values of one name joined by commas. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.merge(field.getLowerCaseName(), field.getValue() == null ? "" : field.getValue(), (one, next) -> one + "," + next);
        }
        return headers;
    }

    /** The query parameter's value, null when it is missing. */
    public String query(String name) {
        return target.parameter(name);
    }

    public boolean isSecure() {
        return request.isSecure();
    }

    public String remoteAddress() {
        return Request.getRemoteAddr(request);
    }

    /** The URL that was asked for. */
    public String uri() {
        return request.getHttpURI().asString();
    }

    /** A request that came within this one. */
    public PartExchange part(String method, String uri, Map<String, String> partHeaders) {
        HttpFields.Mutable fields = HttpFields.build();
        partHeaders.forEach(fields::put);
        return PartExchange.of(request, response, method, uri, fields);
    }

    /** The scheme, host and port that the client used. */
    public String origin() {
        return (isSecure() ? "https" : "http") + "://" + request.getHttpURI().getAuthority();
    }

    /** The {@code x-ms-meta-} headers; {@code InvalidMetadata} when a name is no identifier, {@code MetadataTooLarge} over 8 KB. */
    public Map<String, String> metadata() {
        return MetadataHeaders.read(request.getHeaders());
    }

    /** The length that the client announced, -1 for one that it does not know before. */
    public long contentLength() {
        return request.getLength();
    }

    public RequestBody body() {
        if (!StructuredMessage.isAsked(this)) {
            return new RequestBody(request);
        }
        long length = StructuredMessage.contentLength(this);
        set(StructuredMessage.HEADER, StructuredMessage.FORM);
        return new RequestBody(request, new StructuredReader(contentLength(), length));
    }

    /**
     * Ends the exchange after its answer: what nobody has read of the body is passed over, unless the client waits to be asked for it, or
     * the connection ends. False when there is too much of it, so that the connection is to be closed.
     */
    public boolean end() throws IOException {
        return header("Expect") != null || response.getHeaders().contains(HttpHeader.CONNECTION, "close")
            || new RequestBody(request).skip();
    }

    /** The body as text, for the small documents that operations take. */
    public String bodyText(int limitBytes) throws IOException {
        return new RequestBody(request).text(limitBytes);
    }

    /** Sets a header of the answer; null sets none. */
    public void set(String name, String value) {
        if (value != null) {
            response.getHeaders().put(name, value);
        }
    }

    public void set(String name, long value) {
        response.getHeaders().put(name, value);
    }

    public void setDate(String name, long micros) {
        response.getHeaders().put(name, HttpDates.format(Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000))));
    }

    public void setMetadata(Map<String, String> metadata) {
        MetadataHeaders.write(metadata, response.getHeaders());
    }

    /** Lets a page of another origin see these headers of the answer; names, or beginnings of names with an asterisk at their end. */
    public void exposeHeaders(List<String> names) {
        if (!names.isEmpty()) {
            request.addHttpStreamWrapper(stream -> new ExposedHeaders(stream, names));
        }
    }

    /** Answers without a body. */
    public void respond(int status) throws IOException {
        response.setStatus(status);
        boolean open = status != 204 && status != 304;
        if (open && !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
        }
        Content.Sink.write(response, true, null);
    }

    public void respondXml(int status, String xml) throws IOException {
        respondBytes(status, XmlStream.TYPE, XmlStream.marked(xml));
    }

    /** A document that may become large: it is sent while it is built, and ended by {@link #respond(int, Xml)}. */
    public Xml xml(int status) {
        return Xml.to(new XmlStream(this, status));
    }

    /** Answers with the document that {@link #xml} began. */
    public void respond(int status, Xml xml) throws IOException {
        if (!xml.end()) {
            respondXml(status, xml.toString());
        }
    }

    public void respondText(int status, String type, String text) throws IOException {
        respondBytes(status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private void respondBytes(int status, String type, byte[] bytes) throws IOException {
        response.setStatus(status);
        set("Content-Type", type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        Content.Sink.write(response, true, isHead() ? null : ByteBuffer.wrap(bytes));
    }

    /** Answers with bytes as they come; closing the stream ends the answer. */
    public OutputStream stream(int status, String type) {
        response.setStatus(status);
        set("Content-Type", type);
        return Content.Sink.asOutputStream(response);
    }

    /** Answers with a part of a file. */
    public void respondFile(int status, FileChannel file, long offset, long length) throws IOException {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        if (isHead() || length == 0) {
            Content.Sink.write(response, true, null);
            return;
        }
        new FileAnswer(request, response).send(file, offset, length);
    }

    /** Whether the answer has begun. */
    public boolean isAnswering() {
        return response.isCommitted();
    }

    /** Answers with a failure, in XML or as the Data Lake endpoint does in JSON. */
    public void respondFailure(ServiceFailure failure, boolean json) throws IOException {
        if (response.isCommitted()) {
            throw new IOException("The answer had begun when it failed: " + failure.getMessage(), failure);
        }
        OF_CONTENT.forEach(response.getHeaders()::remove);
        set("x-ms-error-code", failure.code());
        request.addHttpStreamWrapper(stream -> new ReasonPhrase(stream, failure.getMessage()));
        String message = failure.getMessage() + "\nRequestId:" + requestId + "\nTime:" + Instant.now();
        if (isHead() || failure.status() == 304) {
            respond(failure.status());
        } else if (json) {
            respondText(failure.status(), "application/json;charset=utf-8", Errors.json(failure, message));
        } else {
            respondXml(failure.status(), Errors.xml(failure, message));
        }
    }
}
