package io.lazuli.storage.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.storage.Durability;
import io.lazuli.storage.Lake;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that come, are listed and committed at the same time, and what a killed service left of them. */
class BlocksTest {
    private static final BlobAddress ADDRESS = new BlobAddress("contoso", "raw", "in/a.txt");
    private static final Encryption PLAIN = new Encryption(null, null);
    private static final int ROUNDS = 500;

    @TempDir
    private Path folder;
    private Blocks blocks;

    @BeforeEach
    void open() {
        Lake lake = new Lake(folder.resolve("lake"), Map.of()).with(Durability.PROCESS);
        lake.container("contoso", "raw").folder().make();
        blocks = new Blocks(folder.resolve("blocks"), new Locks(), lake);
    }

    private static String id(String name) {
        return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private void put(BlobAddress address, String name, String scope, String text) {
        try (StagedFile content = blocks.stage(null)) {
            content.channel().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            blocks.put(address, id(name), scope, content.seal());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Blocks.Assembled assemble(String... names) throws IOException {
        List<Blocks.Choice> choices = Stream.of(names).map(name -> new Blocks.Choice(id(name), false, false)).toList();
        try (StagedFile content = new StagedFile(folder.resolve("content"), Durability.PROCESS)) {
            return blocks.assemble(ADDRESS, choices, null, PLAIN, content);
        }
    }

    @Test
    void aBlockThatIsPutAnewUnderAnotherScopeIsThereAllTheTime() throws IOException {
        put(ADDRESS, "one", null, "1");
        put(ADDRESS, "two", null, "22");
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> putting = CompletableFuture.runAsync(() -> {
            for (int i = 0; !ended.get(); i++) {
                put(ADDRESS, "two", i % 2 == 0 ? "scope" : null, "22");
            }
        });
        TreeSet<String> seen = new TreeSet<>();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(blocks.list(ADDRESS)).containsExactly(new Block(id("one"), 1), new Block(id("two"), 2));
                try {
                    seen.add(assemble("two", "one").blocks().toString());
                } catch (ServiceFailure otherScope) {
                    seen.add(otherScope.code());
                }
            }
        } finally {
            ended.set(true);
            putting.join();
        }
        assertThat(List.of("BlobUsesCustomerSpecifiedEncryption", List.of(new Block(id("two"), 2), new Block(id("one"), 1)).toString()))
            .containsAll(seen);
    }

    @Test
    void aBlockThatComesAnewWhileItsListIsCommittedStays() throws IOException {
        put(ADDRESS, "one", null, "old");
        put(ADDRESS, "two", null, "old");
        put(ADDRESS, "six", null, "unused");
        Blocks.Assembled assembled = assemble("one", "two");
        put(ADDRESS, "two", null, "newer");

        blocks.discard(ADDRESS, assembled);

        assertThat(blocks.list(ADDRESS)).containsExactly(new Block(id("two"), 5));
        blocks.discard(ADDRESS, assemble("two"));
        assertThat(blocks.list(ADDRESS)).isEmpty();
        assertThat(blocks.blobs("contoso", "raw")).isEmpty();
        assertThatThrownBy(() -> assemble("two")).isInstanceOfSatisfying(ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo("InvalidBlockList"));
    }

    @Test
    void blobsAreToldThatHaveBlocksWhileOthersAreCommitted() {
        put(ADDRESS, "one", null, "1");
        BlobAddress other = ADDRESS.withPath("other");
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> committing = CompletableFuture.runAsync(() -> {
            while (!ended.get()) {
                put(other, "one", null, "1");
                blocks.discard(other);
            }
        });
        try {
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(blocks.blobs("contoso", "raw")).contains(ADDRESS).isSubsetOf(ADDRESS, other);
            }
        } finally {
            ended.set(true);
            committing.join();
        }
    }

    @Test
    void whatAKilledServiceLeftIsNoBlobAndGoesWithItsContainer() throws IOException {
        put(ADDRESS, "one", "scope", "1");
        Path container = folder.resolve("blocks/contoso/raw");
        Files.createDirectories(container.resolve("nameless"));
        Path unwritten = Files.createDirectories(container.resolve("unwritten"));
        Files.createFile(unwritten.resolve(".name"));
        Files.writeString(unwritten.resolve("6f6e65"), "1");
        Path blockless = Files.createDirectories(container.resolve("blockless"));
        Files.writeString(blockless.resolve(".name"), "blockless");

        assertThat(blocks.blobs("contoso", "raw")).containsExactly(ADDRESS);
        blocks.takeAll("contoso", "raw").run();

        assertThat(container).doesNotExist();
    }

    @Test
    void whatIsDiscardedIsTakenAwayAtOnceAndRemovedByTheNextStartIfNotBefore() throws IOException {
        put(ADDRESS, "one", null, "1");
        put(ADDRESS, "two", "scope", "2");
        Runnable removal = blocks.takeAll("contoso", "raw");
        assertThat(blocks.list(ADDRESS)).isEmpty();
        assertThat(filesLeft()).hasSize(3);
        StagedFile coming = blocks.stage(null);
        coming.channel().close();

        open();
        blocks.removeAbandoned();

        assertThat(filesLeft()).isEmpty();
        assertThat(blocks.blobs("contoso", "raw")).isEmpty();
        removal.run();
    }

    @Test
    void whatComesWhileBlocksAreDiscardedIsKeptOrDiscardedAndNeverLost() {
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> discarding = CompletableFuture.runAsync(() -> {
            while (!ended.get()) {
                blocks.discard(ADDRESS);
            }
        });
        try {
            for (int i = 0; i < ROUNDS; i++) {
                put(ADDRESS, "one", null, "1");
            }
        } finally {
            ended.set(true);
            discarding.join();
        }
        put(ADDRESS, "one", null, "1");
        assertThat(blocks.list(ADDRESS)).containsExactly(new Block(id("one"), 1));
    }

    private List<Path> filesLeft() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("blocks"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aFolderWhoseNameWasNotWrittenGetsItWithTheNextBlock() throws IOException {
        put(ADDRESS, "one", null, "1");
        Path name;
        try (Stream<Path> files = Files.walk(folder)) {
            name = files.filter(file -> file.endsWith(".name")).findFirst().orElseThrow();
        }
        Files.writeString(name, "");

        put(ADDRESS, "two", null, "2");

        assertThat(blocks.blobs("contoso", "raw")).containsExactly(ADDRESS);
        assertThat(name).hasContent("in/a.txt");
    }
}
