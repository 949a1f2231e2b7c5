package io.lazuli.storage.metadata;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.Durability;
import io.lazuli.storage.StorageFailures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journals beside a file of tables: {@code NAME.journal-NUMBER}. The tables' file knows the number of the first that it lacks; there is
 * one more than that only when a crash came between. Thread-safe.
 */
final class Journals implements AutoCloseable {
    /** Changes that are written together. */
    static final class Batch extends ByteArrayOutputStream {
        private final List<Runnable> undo = new ArrayList<>();
        private LazuliException failure;
        private boolean removing;
        private volatile boolean ended;

        private void writeTo(Journal journal) {
            if (count > 0) {
                journal.write(buf, count, removing);
            }
        }

        private void takeBack(int from) {
            while (undo.size() > from) {
                undo.removeLast().run();
            }
        }

        private void end(LazuliException why) {
            failure = why;
            ended = true;
        }
    }

    /** What is to be done once a journal has more than so many bytes. */
    record Limit(long bytes, Runnable action) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(Journals.class);

    private final Path tables;
    private final Durability durability;
    private final Limit limit;
    private int number;
    private Journal journal;
    private long forced;

    /** One change at a time, so that the journal has them in the order in which the tables have. */
    private final ReentrantLock changing = new ReentrantLock();
    private final List<Journal.Entry> noted = new ArrayList<>();
    private Batch waiting = new Batch();

    private final ReentrantLock turns = new ReentrantLock();
    private final Condition ended = turns.newCondition();
    private boolean writing;

    /** {@code first} is the number of the first journal that the tables lack. */
    Journals(Path tables, Durability durability, int first, Limit limit) {
        this.limit = limit;
        this.tables = tables;
        this.durability = durability;
        this.number = first;
    }

    private Path path(int of) {
        return tables.resolveSibling(tables.getFileName() + ".journal-" + of);
    }

    /** Gives the changes that the tables lack, in order, and goes on behind them. Journals of which the tables have all are removed. */
    List<Journal.Entry> open() throws IOException {
        List<Journal.Entry> entries = new ArrayList<>();
        int first = number;
        long end = 0;
        for (Path path : files()) {
            if (numberOf(path) < first) {
                Files.delete(path);
            } else {
                Journal.Content content = Journal.read(path);
                if (content.damaged()) {
                    keep(path, content);
                }
                content.changes().forEach(entries::addAll);
                number = numberOf(path);
                end = content.bytes();
            }
        }
        journal = new Journal(path(number), end, durability);
        return entries;
    }

    /** What the start is about to write over may be of use to somebody; a full disk does not keep the service from starting. */
    private static void keep(Path damaged, Journal.Content content) {
        Path copy = damaged.resolveSibling(damaged.getFileName() + ".damaged");
        LOG.warn("{} is damaged: the changes of metadata from byte {} on are lost. It is copied to {}", damaged, content.bytes(), copy);
        try {
            Files.copy(damaged, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            LOG.warn("{} cannot be copied", damaged, problem);
        }
    }

    private List<Path> files() throws IOException {
        String prefix = path(0).getFileName().toString().replaceFirst("0$", "");
        try (Stream<Path> all = Files.list(tables.getParent())) {
            return all.filter(path -> path.getFileName().toString().startsWith(prefix))
                .filter(path -> path.getFileName().toString().substring(prefix.length()).matches("\\d{1,9}"))
                .sorted(Comparator.comparingInt(Journals::numberOf)).toList();
        }
    }

    private static int numberOf(Path path) {
        String name = path.getFileName().toString();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    /** Notes down what the change that is being made does to a record, and what takes it back. */
    void note(Journal.Entry entry, Runnable undo) {
        if (!changing.isHeldByCurrentThread()) {
            throw new IllegalStateException("A record is changed within a change only");
        }
        noted.add(entry);
        waiting.undo.add(undo);
        waiting.removing |= entry.text() == null;
    }

    /** Lets the change that is being made use the room that is kept for removals. */
    void makeRoom() {
        waiting.removing = true;
    }

    /** Makes a change and gives the batch that it is written with. One that fails is taken back. */
    Batch apply(Runnable change) {
        changing.lock();
        try {
            if (changing.getHoldCount() > 1) {
                throw new IllegalStateException("A change within a change");
            }
            int before = waiting.undo.size();
            try {
                change.run();
                if (!noted.isEmpty()) {
                    waiting.writeBytes(Journal.bytes(noted));
                }
                return waiting;
            } catch (RuntimeException | Error failed) {
                waiting.takeBack(before);
                throw failed;
            } finally {
                noted.clear();
            }
        } finally {
            changing.unlock();
        }
    }

    /** Waits for changes to be durable: the first that waits writes all that came before; those that come meanwhile wait for the next. */
    void await(Batch batch) {
        turns.lock();
        try {
            while (!batch.ended) {
                if (writing) {
                    ended.awaitUninterruptibly();
                } else {
                    alone(this::writeWaiting);
                }
            }
        } finally {
            turns.unlock();
        }
        if (batch.failure != null) {
            throw new LazuliException(batch.failure.code(), null, batch.failure.getMessage(), batch.failure);
        }
    }

    /** Does something while nobody else writes; {@link #turns} is held before and after, and not meanwhile. */
    private void alone(Runnable action) {
        while (writing) {
            ended.awaitUninterruptibly();
        }
        writing = true;
        turns.unlock();
        try {
            action.run();
        } finally {
            turns.lock();
            writing = false;
            ended.signalAll();
        }
    }

    private void writeWaiting() {
        Batch batch = takeWaiting();
        long before = journal.size();
        try {
            batch.writeTo(journal);
            if (durability == Durability.POWER_LOSS) {
                journal.force();
            }
            batch.end(null);
            if (before <= limit.bytes() && journal.size() > limit.bytes()) {
                limit.action().run();
            }
        } catch (LazuliException problem) {
            journal.takeBack(before);
            takeBack(batch, problem);
        } catch (RuntimeException | Error problem) {
            journal.takeBack(before);
            takeBack(batch, LazuliException.failure(CommonError.INTERNAL_ERROR, "Cannot write %s: %s", path(number), problem, problem));
        }
    }

    private Batch takeWaiting() {
        changing.lock();
        try {
            Batch batch = waiting;
            waiting = new Batch();
            return batch;
        } finally {
            changing.unlock();
        }
    }

    /** What could not be written has not been, nor what was changed since. */
    private void takeBack(Batch batch, LazuliException problem) {
        changing.lock();
        try {
            waiting.takeBack(0);
            batch.takeBack(0);
            waiting.end(problem);
            batch.end(problem);
            waiting = new Batch();
        } finally {
            changing.unlock();
        }
    }

    /** Writes what waits, forces it to the disk, and gives the bytes since the journal began. */
    long force() {
        await(apply(() -> { }));
        if (durability == Durability.PROCESS && journal.size() > forced) {
            forced = journal.size();
            journal.force();
        }
        return journal.size();
    }

    /**
     * Begins a new journal while nothing changes.
     *
     * @param save writes the tables, with the new journal's number
     * @return the journals before it, of which the tables have all as soon as they are durable
     */
    List<Path> begin(IntConsumer save) {
        List<Path> old = new ArrayList<>();
        turns.lock();
        try {
            alone(() -> old.addAll(beginAlone(save)));
        } finally {
            turns.unlock();
        }
        return old;
    }

    private List<Path> beginAlone(IntConsumer save) {
        changing.lock();
        try {
            List<Path> old = files().stream().filter(path -> numberOf(path) <= number).toList();
            // Those who wait for it are told when it is durable; the tables are not yet when they are written.
            writeWaiting();
            Journal next = new Journal(path(number + 1), 0, durability);
            try {
                save.accept(number + 1);
            } catch (RuntimeException | Error problem) {
                next.close();
                throw problem;
            }
            journal.close();
            journal = next;
            number++;
            forced = 0;
            return old;
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot look at " + tables.getParent(), problem);
        } finally {
            changing.unlock();
        }
    }

    /** Removes journals. */
    static void remove(List<Path> journals) {
        try {
            for (Path path : journals) {
                Files.deleteIfExists(path);
            }
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot remove a journal", problem);
        }
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }
}
