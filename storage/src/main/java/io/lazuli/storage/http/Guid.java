package io.lazuli.storage.http;

import java.util.regex.Pattern;

/** Identifiers such as {@code 6f1ba8c2-3e0d-4a57-9a3e-2f7f1c0b8d11}. */
public final class Guid {
    private static final Pattern FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private Guid() {
    }

    /** Whether a text, which may be null, is one. */
    public static boolean matches(String text) {
        return text != null && FORM.matcher(text).matches();
    }
}
