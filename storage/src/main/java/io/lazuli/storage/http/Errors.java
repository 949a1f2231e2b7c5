package io.lazuli.storage.http;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Bodies of refusals. */
final class Errors {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Errors() {
    }

    static String xml(ServiceFailure failure, String message) {
        Xml xml = new Xml().open("Error").element("Code", failure.code()).element("Message", message);
        failure.details().forEach(xml::element);
        return xml.close("Error").toString();
    }

    static String json(ServiceFailure failure, String message) {
        return JSON.writeValueAsString(Map.of("error", Map.of("code", failure.code(), "message", message)));
    }
}
