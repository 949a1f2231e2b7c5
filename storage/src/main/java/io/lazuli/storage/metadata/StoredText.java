package io.lazuli.storage.metadata;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.StringDataType;
import tools.jackson.databind.json.JsonMapper;

/** A record as the file holds it, in JSON, which is read once for as long as it stays in memory. */
final class StoredText {
    private final String text;
    private Object value;

    StoredText(String text, Object value) {
        this.text = text;
        this.value = value;
    }

    String text() {
        return text;
    }

    /** The record; those who ask at once may read it each for himself. */
    <T> T as(Class<T> type, JsonMapper json) {
        Object known = value;
        if (!type.isInstance(known)) {
            known = json.readValue(text, type);
            value = known;
        }
        return type.cast(known);
    }

    /** How the store writes such records: as the strings that they are. */
    static final class Type extends BasicDataType<StoredText> {
        /** What a record that was read takes besides its text, for each sign of it. */
        private static final int READ_BYTES_PER_SIGN = 3;

        @Override
        public int getMemory(StoredText stored) {
            return StringDataType.INSTANCE.getMemory(stored.text) + stored.text.length() * READ_BYTES_PER_SIGN;
        }

        @Override
        public void write(WriteBuffer buffer, StoredText stored) {
            StringDataType.INSTANCE.write(buffer, stored.text);
        }

        @Override
        public StoredText read(ByteBuffer buffer) {
            return new StoredText(DataUtils.readString(buffer), null);
        }

        @Override
        public StoredText[] createStorage(int size) {
            return new StoredText[size];
        }
    }
}
