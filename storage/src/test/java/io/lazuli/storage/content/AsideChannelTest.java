package io.lazuli.storage.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsideChannelTest {
    private static final int SIZE = 3 << 20;
    private static final int MOST_BYTES = 700_000;

    @TempDir
    private Path folder;

    private final Random random = new Random(5);

    private AsideChannel channel(AsideCipher cipher) throws IOException {
        return new AsideChannel(FileChannel.open(folder.resolve("aside"), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ, StandardOpenOption.WRITE), cipher);
    }

    /** A request whose pieces come between those of others. */
    private record Request(AsideChannel.Addition addition, ByteBuffer bytes, int from) {
        void write(int most) throws IOException {
            ByteBuffer piece = bytes.slice(bytes.position(), Math.min(most, bytes.remaining()));
            int count = piece.remaining();
            while (piece.hasRemaining()) {
                addition.write(piece, from + bytes.position() + piece.position());
            }
            bytes.position(bytes.position() + count);
        }
    }

    private Request request(AsideChannel channel) {
        byte[] bytes = new byte[random.nextInt(MOST_BYTES) + 1];
        random.nextBytes(bytes);
        return new Request(channel.new Addition(), ByteBuffer.wrap(bytes), random.nextInt(SIZE - bytes.length));
    }

    /** Lets several requests at a time write, of which each third is refused, and gives what is to be read afterwards. */
    private byte[] fill(AsideChannel channel, int requests) throws IOException {
        byte[] expected = new byte[SIZE];
        channel.new Addition().close();
        try (AsideChannel.Addition all = channel.new Addition()) {
            new Request(all, ByteBuffer.wrap(expected.clone()), 0).write(SIZE);
            all.accept();
        }
        List<Request> running = new ArrayList<>();
        for (int begun = 0; begun < requests || !running.isEmpty();) {
            if (begun < requests && running.size() < 4) {
                running.add(request(channel));
                begun++;
            }
            Request next = running.get(random.nextInt(running.size()));
            next.write(random.nextInt(100_000) + 1);
            if (!next.bytes().hasRemaining()) {
                running.remove(next);
                if (random.nextInt(3) > 0) {
                    next.addition().accept();
                    System.arraycopy(next.bytes().array(), 0, expected, next.from(), next.bytes().capacity());
                }
                next.addition().close();
            }
        }
        return expected;
    }

    private byte[] copy(AsideChannel channel) throws IOException {
        Path file = folder.resolve("copy");
        try (FileChannel to = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            for (long copied = 0; copied < channel.size();) {
                copied += channel.transferTo(copied, channel.size() - copied, to);
            }
        }
        return Files.readAllBytes(file);
    }

    @Test
    void holdsWhatWasAcceptedLast() throws IOException {
        for (AsideCipher cipher : new AsideCipher[] {null, new AsideCipher()}) {
            try (AsideChannel channel = channel(cipher)) {
                byte[] expected = fill(channel, 60);
                assertThat(Arrays.equals(copy(channel), expected)).isTrue();
                ByteBuffer part = ByteBuffer.allocate(1_000_000);
                channel.read(part, 1_234_567);
                assertThat(Arrays.equals(part.array(), Arrays.copyOfRange(expected, 1_234_567, 2_234_567))).isTrue();
                assertThat(channel.endOf(17)).isEqualTo(SIZE);
            }
        }
    }

    @Test
    void takesTheRoomOfRefusedRequestsAgain() throws IOException {
        for (AsideCipher cipher : new AsideCipher[] {null, new AsideCipher()}) {
            try (AsideChannel channel = channel(cipher)) {
                for (int i = 0; i < 50; i++) {
                    try (AsideChannel.Addition refused = channel.new Addition(); AsideChannel.Addition other = channel.new Addition()) {
                        for (int written = 0; written < SIZE; written += 64 * 1024) {
                            refused.write(ByteBuffer.allocate(64 * 1024), written);
                            other.write(ByteBuffer.allocate(1), written);
                        }
                    }
                }
                assertThat(channel.size()).isZero();
                assertThat(channel.endOf(0)).isZero();
                assertThat(Files.size(folder.resolve("aside"))).isLessThan(4L * SIZE);
            }
        }
    }

    @Test
    void keepsPlainBytesThatComeInOrderInOrder() throws IOException {
        byte[] expected = new byte[SIZE];
        random.nextBytes(expected);
        try (AsideChannel channel = channel(null)) {
            for (int from = 0; from < SIZE;) {
                int count = Math.min(random.nextInt(200_000) + 1, SIZE - from);
                try (AsideChannel.Addition addition = channel.new Addition()) {
                    new Request(addition, ByteBuffer.wrap(Arrays.copyOfRange(expected, from, from + count)), from).write(count);
                    addition.accept();
                }
                from += count;
            }
            assertThat(Arrays.equals(Files.readAllBytes(folder.resolve("aside")), expected)).isTrue();
        }
    }

    @Test
    void tellsWhereAGapBegins() throws IOException {
        try (AsideChannel channel = channel(null)) {
            for (int from : new int[] {10, 0, 30}) {
                try (AsideChannel.Addition addition = channel.new Addition()) {
                    new Request(addition, ByteBuffer.allocate(10), from).write(10);
                    addition.accept();
                }
            }
            assertThat(channel.endOf(0)).isEqualTo(20);
            assertThat(channel.endOf(15)).isEqualTo(20);
            assertThat(channel.endOf(25)).isEqualTo(25);
            assertThat(channel.endOf(30)).isEqualTo(40);
            assertThat(channel.size()).isEqualTo(40);
        }
    }

    private static void write(AsideChannel.Addition addition, byte[] bytes) throws IOException {
        new Request(addition, ByteBuffer.wrap(bytes), 0).write(bytes.length);
    }

    @Test
    void takesNoMoreRoomForWhatIsWrittenAgain() throws IOException {
        for (AsideCipher cipher : new AsideCipher[] {null, new AsideCipher()}) {
            try (AsideChannel channel = channel(cipher)) {
                byte[] bytes = new byte[SIZE];
                for (int i = 0; i < 10; i++) {
                    random.nextBytes(bytes);
                    try (AsideChannel.Addition addition = channel.new Addition()) {
                        write(addition, bytes);
                        addition.accept();
                    }
                    assertThat(Arrays.equals(copy(channel), bytes)).isTrue();
                }
                assertThat(Files.size(folder.resolve("aside"))).isLessThan(3L * SIZE);
                channel.removeBefore(SIZE / 2);
                assertThat(channel.endOf(0)).isZero();
                assertThat(channel.endOf(SIZE / 2)).isEqualTo(SIZE);
                channel.removeBefore(SIZE);
                assertThat(Files.size(folder.resolve("aside"))).isZero();
            }
        }
    }

    @Test
    void givesTheRoomOfARefusedRequestBackToTheDisk() throws IOException {
        for (AsideCipher cipher : new AsideCipher[] {null, new AsideCipher()}) {
            try (AsideChannel channel = channel(cipher)) {
                try (AsideChannel.Addition refused = channel.new Addition()) {
                    write(refused, new byte[SIZE]);
                }
                assertThat(Files.size(folder.resolve("aside"))).isZero();
            }
        }
    }

    @Test
    void isAsBeforeWhenWhatNeedsARequestFails() throws IOException {
        for (AsideCipher cipher : new AsideCipher[] {null, new AsideCipher()}) {
            try (AsideChannel channel = channel(cipher)) {
                byte[] expected = fill(channel, 10);
                try (AsideChannel.Addition refused = channel.new Addition()) {
                    write(refused, new byte[SIZE + 1]);
                    assertThatThrownBy(() -> refused.acceptFor(() -> {
                        assertThat(channel.size()).isEqualTo(SIZE + 1);
                        throw new IOException("refused");
                    })).hasMessage("refused");
                }
                assertThat(channel.size()).isEqualTo(SIZE);
                assertThat(Arrays.equals(copy(channel), expected)).isTrue();
            }
        }
    }
}
