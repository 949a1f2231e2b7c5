package io.lazuli.files;

import java.io.IOException;
import java.io.Reader;

/** Characters with look-ahead that know on which line they stand. */
final class CharacterSource {
    private static final int BUFFER_CHARS = 1 << 16;

    private final Reader reader;
    private char[] buffer = new char[BUFFER_CHARS];
    private int position;
    private int limit;
    private long line = 1;
    private char previous;

    CharacterSource(Reader reader) {
        this.reader = reader;
    }

    /** The next character, or -1 at the end. */
    int peek() throws IOException {
        return position < limit || fill(1) ? buffer[position] : -1;
    }

    boolean startsWith(String text) throws IOException {
        if (limit - position < text.length() && !fill(text.length())) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (buffer[position + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Takes the character that {@link #peek} gave. */
    int take() {
        char taken = buffer[position++];
        if (taken == '\r' || taken == '\n' && previous != '\r') {
            line++;
        }
        previous = taken;
        return taken;
    }

    void take(int count) {
        for (int i = 0; i < count; i++) {
            take();
        }
    }

    /** The line of the next character, from 1. */
    long line() {
        return line;
    }

    /** Makes {@code count} characters available if the text has them. */
    private boolean fill(int count) throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        while (limit < count) {
            int read = reader.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                return false;
            }
            limit += read;
        }
        return true;
    }
}
