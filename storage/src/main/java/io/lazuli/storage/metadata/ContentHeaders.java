package io.lazuli.storage.metadata;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The headers that a blob's content is served with; each null when none was given.
 *
 * @param type empty when it was taken away, so that there is not even a default
 * @param md5 of the whole content, base 64
 */
public record ContentHeaders(@JsonInclude(JsonInclude.Include.NON_NULL) String type, String encoding, String language,
        String disposition, String cacheControl, String md5) {
    public static final String DEFAULT_TYPE = "application/octet-stream";

    public static ContentHeaders ofType(String type) {
        return new ContentHeaders(type, null, null, null, null, null);
    }

    /** The same in the place of all others: without a type there is none then, also not the one that stands for none. */
    public ContentHeaders asAll() {
        return type == null ? new ContentHeaders("", encoding, language, disposition, cacheControl, md5) : this;
    }

    /** The type that clients are told, null where it was taken away. */
    public String shownType() {
        return type == null ? DEFAULT_TYPE : type.isEmpty() ? null : type;
    }

    public ContentHeaders withMd5(String md5) {
        return new ContentHeaders(type, encoding, language, disposition, cacheControl, md5);
    }
}
