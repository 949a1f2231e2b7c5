package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.models.PageRange;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.PageBlobClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.PathAccessControlEntry;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the service under 16 writers and looks what is there afterwards: all that was acknowledged, and nothing by halves. */
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);
    private static final int WRITERS = 16;
    private static final int PAGES_BYTES = 1 << 20;
    private static final int LEFT_BYTES = 512 * 3;
    private static final int LONGEST_MILLIS = 500;
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** What a process that SIGTERM ended exits with. */
    private static final int SIGTERM = 143;

    /** What a writer last got an acknowledgement for, and what it has begun after that, by name of the blob. */
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Integer> begun = new ConcurrentHashMap<>();
    private final Map<String, Integer> access = new ConcurrentHashMap<>();
    private final Map<String, Integer> accessBegun = new ConcurrentHashMap<>();
    private final Map<String, Integer> folders = new ConcurrentHashMap<>();
    private final Map<String, Integer> foldersBegun = new ConcurrentHashMap<>();

    private final Set<String> deleted = ConcurrentHashMap.newKeySet();

    private final Queue<Exception> mistakes = new ConcurrentLinkedQueue<>();
    private final Set<Integer> answers = ConcurrentHashMap.newKeySet();
    private volatile boolean killing;

    @TempDir
    private Path folder;

    private KillableService service;

    private BlobContainerClient container() {
        return service.blobs(StorageWorld.ACCOUNT).getBlobContainerClient("raw");
    }

    private DataLakeFileSystemClient lake() {
        return service.lake(StorageWorld.ACCOUNT).getFileSystemClient("raw");
    }

    /** Some of the writers that append and write pages encrypt with a key of their own. */
    private static boolean hasKey(int writer) {
        return writer >= 7 && List.of(2, 3, 5).contains(writer % 7);
    }

    private BlobContainerClient container(int writer) {
        return hasKey(writer) ? service.blobs(StorageWorld.ACCOUNT, KEY).getBlobContainerClient("raw") : container();
    }

    private DataLakeFileSystemClient lake(int writer) {
        return hasKey(writer) ? service.lake(StorageWorld.ACCOUNT, KEY).getFileSystemClient("raw") : lake();
    }

    /** A blob for the writer that its name ends with. */
    private BlobClient written(String name) {
        return container(Integer.parseInt(name.substring(name.indexOf('/') + 1))).getBlobClient(name);
    }

    private interface End {
        void come() throws Exception;
    }

    @Test
    void losesNothingThatWasAcknowledged() throws Exception {
        losesNothing(ROUNDS, () -> service.kill());
    }

    @Test
    void losesNothingWhenItIsAskedToEnd() throws Exception {
        losesNothing(ROUNDS, () -> assertThat(service.terminate()).as(service::log).isEqualTo(SIGTERM));
        assertThat(answers).as("what running requests were answered").isSubsetOf(0, 503);
    }

    private void losesNothing(int rounds, End end) throws Exception {
        Random random = new Random(42);
        service = new KillableService(folder);
        service.start();
        container().createIfNotExists();
        for (int round = 0; round < rounds; round++) {
            List<Thread> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                writers.add(Thread.ofVirtual().start(() -> write(number)));
            }
            awaitWork();
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
            killing = true;
            end.come();
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(mistakes).isEmpty();
            killing = false;
            service.start();
            compare();
        }
        service.kill();
        assertThat(acknowledged.values().stream().mapToInt(Integer::intValue).sum()).isPositive();
    }

    /** Lets the writers get going: each kind has something acknowledged in this round. */
    private void awaitWork() throws InterruptedException {
        long before = total();
        while (total() < before + 4 * WRITERS && mistakes.isEmpty() && service.isAlive()) {
            Thread.sleep(10);
        }
    }

    private long total() {
        return acknowledged.values().stream().mapToLong(Integer::longValue).sum()
            + folders.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** Writes version after version until the service is gone. */
    private void write(int writer) {
        BlobContainerClient container = container(writer);
        DataLakeFileSystemClient lake = lake(writer);
        try {
            while (true) {
                switch (writer % 7) {
                    case 0 -> version("put/" + writer, (name, version) -> container.getBlobClient(name).uploadWithResponse(
                        new BlobParallelUploadOptions(text(version)).setMetadata(properties(version)), null, Context.NONE));
                    case 1 -> version("blocks/" + writer, (name, version) -> {
                        var blob = container.getBlobClient(name).getBlockBlobClient();
                        String id = Base64.getEncoder().encodeToString("block".getBytes(StandardCharsets.UTF_8));
                        blob.stageBlock(id, text(version));
                        blob.commitBlockListWithResponse(List.of(id), null, properties(version), null, null, null, Context.NONE);
                    });
                    case 2 -> version("appended/" + writer, (name, version) -> {
                        DataLakeFileClient file = lake.getFileClient(name);
                        if (version == 1) {
                            file.create(true);
                        }
                        long size = (version - 1) * 8L;
                        file.append(BinaryData.fromString(String.format("%08d", version)), size);
                        file.flush(size + 8, true);
                    });
                    case 3 -> version("log/" + writer, (name, version) -> {
                        AppendBlobClient log = container.getBlobClient(name).getAppendBlobClient();
                        if (version == 1) {
                            log.create(true);
                        }
                        byte[] line = String.format("%08d", version).getBytes(StandardCharsets.US_ASCII);
                        log.appendBlock(new ByteArrayInputStream(line), line.length);
                    });
                    case 4 -> version("copied/" + writer, (name, version) -> {
                        BlobClient source = container.getBlobClient("source/" + writer + "-" + version);
                        source.uploadWithResponse(new BlobParallelUploadOptions(text(version)).setMetadata(properties(version)), null,
                            Context.NONE);
                        container.getBlobClient(name).copyFromUrl(StorageWorld.signed(source));
                        source.delete();
                        deleted.add(source.getBlobName());
                    });
                    case 5 -> version("pages/" + writer, (name, version) -> {
                        PageBlobClient disk = container.getBlobClient(name).getPageBlobClient();
                        if (version == 1) {
                            disk.create(PAGES_BYTES, true);
                        }
                        change(disk, version);
                    });
                    default -> {
                        rename(lake, "moving" + writer);
                        access(lake, "moving" + writer);
                    }
                }
            }
        } catch (RuntimeException failure) {
            // Each writer ends so when the service is gone; what it had begun is known.
            if (killing) {
                answers.add(status(failure));
            } else {
                mistakes.add(failure);
            }
        }
    }

    /** What the service said, 0 for nothing. */
    private static int status(RuntimeException failure) {
        return failure instanceof BlobStorageException blob ? blob.getStatusCode()
            : failure instanceof DataLakeStorageException path ? path.getStatusCode() : 0;
    }

    private interface Step {
        void run(String name, int version);
    }

    private void version(String name, Step step) {
        int next = begun.merge(name, 1, (old, one) -> acknowledged.getOrDefault(name, 0) + 1);
        step.run(name, next);
        acknowledged.put(name, next);
    }

    private void rename(DataLakeFileSystemClient lake, String name) {
        int now = folders.getOrDefault(name, -1);
        if (now < 0) {
            lake.getFileClient(name + "-0/inner/file").upload(BinaryData.fromString(name), true);
            lake.getFileClient(name + "-0/inner/file").setMetadata(Map.of("name", name));
            folders.put(name, 0);
            return;
        }
        foldersBegun.put(name, now + 1);
        lake.getDirectoryClient(name + "-" + now).rename(null, name + "-" + (now + 1));
        folders.put(name, now + 1);
    }

    private void access(DataLakeFileSystemClient lake, String name) {
        int next = access.getOrDefault(name, 0) + 1;
        accessBegun.put(name, next);
        lake.getDirectoryClient(name + "-" + folders.get(name)).setAccessControlList(
            PathAccessControlEntry.parseList("user::rwx,user:u" + next + ":r-x,group::r-x,other::---"), null, null);
        access.put(name, next);
    }

    /** Pages are written, cut off, made again, and cleared, in turn. */
    private static void change(PageBlobClient disk, int version) {
        PageRange all = new PageRange().setStart(0).setEnd(PAGES_BYTES - 1);
        switch (version % 4) {
            case 1 -> disk.uploadPages(all, new ByteArrayInputStream(pages(version)));
            case 2 -> disk.resize(LEFT_BYTES);
            case 3 -> disk.resize(PAGES_BYTES);
            default -> disk.clearPages(all);
        }
    }

    /** What a page blob has after so many changes. */
    private static byte[] pages(int version) {
        byte[] pages = new byte[version % 4 == 2 ? LEFT_BYTES : PAGES_BYTES];
        int written = version % 4 == 0 ? 0 : version % 4 == 1 ? PAGES_BYTES : LEFT_BYTES;
        Arrays.fill(pages, 0, written, (byte) (version / 4 + 1));
        return pages;
    }

    private static BinaryData text(int version) {
        return BinaryData.fromString("version " + version + " ".repeat(version % 977));
    }

    private static Map<String, String> properties(int version) {
        return Map.of("version", Integer.toString(version));
    }

    private void compare() {
        BlobContainerClient container = container();
        acknowledged.forEach((name, version) -> {
            if (name.startsWith("appended/") || name.startsWith("log/")) {
                long size = written(name).getProperties().getBlobSize();
                String content = written(name).downloadContent().toString();
                assertThat(size / 8).as(name).isBetween((long) version, (long) begun.get(name));
                for (int part = 1; part <= size / 8; part++) {
                    assertThat(content.substring(part * 8 - 8, part * 8)).isEqualTo(String.format("%08d", part));
                }
                acknowledged.put(name, (int) (size / 8));
                return;
            }
            if (name.startsWith("pages/")) {
                byte[] content = written(name).downloadContent().toBytes();
                int now = Arrays.equals(content, pages(version)) ? version : begun.get(name);
                assertThat(content).as(name).isEqualTo(pages(now));
                acknowledged.put(name, now);
                return;
            }
            int found = Integer.parseInt(container.getBlobClient(name).getProperties().getMetadata().get("version"));
            assertThat(found).as(name).isBetween(version, begun.get(name));
            assertThat(container.getBlobClient(name).downloadContent().toString()).isEqualTo(text(found).toString());
            acknowledged.put(name, found);
        });
        DataLakeFileSystemClient lake = lake();
        folders.forEach((name, number) -> {
            int other = foldersBegun.getOrDefault(name, number);
            boolean moved = lake.getDirectoryClient(name + "-" + other).exists();
            int found = moved ? other : number;
            if (other != number) {
                assertThat(lake.getDirectoryClient(name + "-" + number).exists()).as(name).isEqualTo(!moved);
            }
            assertThat(container.getBlobClient(name + "-" + found + "/inner/file").getProperties().getMetadata())
                .containsEntry("name", name);
            folders.put(name, found);
            Integer list = access.get(name);
            if (list != null) {
                String entries = PathAccessControlEntry.serializeList(
                    lake.getDirectoryClient(name + "-" + found).getAccessControl().getAccessControlList());
                int user = Integer.parseInt(entries.replaceFirst("(?s).*user:u(\\d+):.*", "$1"));
                assertThat(user).as(name).isBetween(list, accessBegun.get(name));
                access.put(name, user);
            }
        });
        ListBlobsOptions all = new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveMetadata(true));
        assertThat(container.listBlobs(all, null).stream()
            .filter(item -> item.getMetadata() == null || !item.getMetadata().containsKey("hdi_isfolder")))
            .extracting(BlobItem::getName)
            .allMatch(name -> begun.containsKey(name) || name.startsWith("moving") || name.startsWith("source/"))
            .noneMatch(deleted::contains);
    }
}
