package io.lazuli.storage.metadata;

/**
 * The headers that a blob's content is served with; each null when none was given.
 *
 * @param md5 of the whole content, base 64
 */
public record ContentHeaders(String type, String encoding, String language, String disposition, String cacheControl, String md5) {
    public static final String DEFAULT_TYPE = "application/octet-stream";

    public static ContentHeaders ofType(String type) {
        return new ContentHeaders(type, null, null, null, null, null);
    }

    public ContentHeaders withMd5(String md5) {
        return new ContentHeaders(type, encoding, language, disposition, cacheControl, md5);
    }
}
