package io.lazuli.server;

import static io.lazuli.server.QueryWorld.query;
import static io.lazuli.server.QueryWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobQueryError;
import com.azure.storage.blob.models.BlobQueryJsonSerialization;
import com.azure.storage.blob.models.BlobQueryProgress;
import com.azure.storage.blob.options.BlobQueryOptions;
import com.azure.storage.blob.specialized.BlobClientBase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes with the rows of queries: progress, errors, and answers in several pieces. */
class QueryAnswersTest {
    @TempDir
    private Path folder;

    private QueryWorld world;

    @BeforeEach
    void start() {
        world = new QueryWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void streamsLargeAnswers() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            rows.append(i).append(",row ").append(i).append('\n');
        }
        BlobClient blob = world.put("large.csv", rows.toString());
        try (InputStream in = blob.openQueryInputStream("SELECT * FROM BlobStorage")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(rows.toString());
        }
        List<Long> progress = new ArrayList<>();
        query(blob, new BlobQueryOptions("SELECT COUNT(*) FROM BlobStorage", new ByteArrayOutputStream())
            .setProgressConsumer((BlobQueryProgress told) -> progress.add(told.getBytesScanned())));
        assertThat(progress).contains((long) rows.length());
    }

    @Test
    void readsASnapshot() throws IOException {
        BlobClient blob = world.put("a.csv", "1,2\n");
        BlobClientBase snapshot = blob.createSnapshot();
        world.put("a.csv", "3,4\n");
        try (InputStream in = snapshot.openQueryInputStream("SELECT * FROM BlobStorage")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("1,2\n");
        }
    }

    @Test
    void splitsTextAtRecords() {
        String row = "x".repeat(1023) + "\n";
        BlobClient blob = world.put("rows.csv", row.repeat(20 * 1024 + 5));
        assertThat(query(blob, "SELECT sys.split(10485761) FROM BlobStorage", text(false), text(false)))
            .isEqualTo("10486784\n10486784\n3072\n");
    }

    @Test
    void tellsOfFieldsThatARowDoesNotHave() {
        List<BlobQueryError> errors = new ArrayList<>();
        assertThat(query(world.put("a.csv", "1,2\n"), new BlobQueryOptions("SELECT _1, _7 FROM BlobStorage", new ByteArrayOutputStream())
            .setErrorConsumer(errors::add))).isEqualTo("1,\n");
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.getName()).isEqualTo("InvalidColumnOrdinal");
            assertThat(error.isFatal()).isFalse();
        });
    }

    @Test
    void endsTheAnswerOfABlobThatIsNotWhatItsFormatSaysWithAFatalError() {
        List<BlobQueryError> errors = new ArrayList<>();
        query(world.put("wrong.json", "{name: owner}\n{name: owner2}\n"), new BlobQueryOptions("SELECT * FROM BlobStorage",
            new ByteArrayOutputStream()).setErrorConsumer(errors::add)
            .setInputSerialization(new BlobQueryJsonSerialization().setRecordSeparator('\n')).setOutputSerialization(text(false)));
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.isFatal()).isTrue();
            assertThat(error.getDescription()).contains("wrong.json").doesNotContain(folder.toString());
        });
    }
}
