package io.lazuli.storage.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** A refusal as Azure Storage words it: HTTP status, error code, sentence, and what else the body shall name. */
public final class ServiceFailure extends RuntimeException {
    private final int status;
    private final String code;
    private final Map<String, String> details = new LinkedHashMap<>();

    public ServiceFailure(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public static ServiceFailure badRequest(String code, String message) {
        return new ServiceFailure(400, code, message);
    }

    public static ServiceFailure invalidHeader(String header, String value) {
        return badRequest("InvalidHeaderValue", "The value for one of the HTTP headers is not in the correct format.")
            .with("HeaderName", header).with("HeaderValue", value);
    }

    public static ServiceFailure missingHeader(String header) {
        return badRequest("MissingRequiredHeader", "An HTTP header that's mandatory for this request is not specified.")
            .with("HeaderName", header);
    }

    public static ServiceFailure unsupportedHeader(String header, String value) {
        return badRequest("UnsupportedHeader", "One of the HTTP headers specified in the request is not supported.")
            .with("HeaderName", header).with("HeaderValue", value);
    }

    public static ServiceFailure invalidParameter(String parameter, String value, String reason) {
        return badRequest("InvalidQueryParameterValue", "Value for one of the query parameters specified in the request URI is invalid.")
            .with("QueryParameterName", parameter).with("QueryParameterValue", value).with("Reason", reason);
    }

    public static ServiceFailure invalidXml(String reason) {
        return badRequest("InvalidXmlDocument", "XML specified is not syntactically valid.").with("Reason", reason);
    }

    public static ServiceFailure notImplemented(String construct) {
        return new ServiceFailure(501, "NotImplemented", "The requested operation is not implemented: " + construct + ".");
    }

    public static ServiceFailure invalidBlobType() {
        return new ServiceFailure(409, "InvalidBlobType", "The blob type is invalid for this operation.");
    }

    public static ServiceFailure conditionNotMet() {
        return new ServiceFailure(412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
    }

    /** Adds an element to the body. */
    public ServiceFailure with(String name, String value) {
        details.put(name, value);
        return this;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Map<String, String> details() {
        return details;
    }
}
