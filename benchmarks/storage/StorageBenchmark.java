import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Measures the storage service and Azurite in turns, on the same machine, and prints medians with their ratios. Both keep their data on
 * the same file system. A first round of each is not measured: the client's code, which both share, and that of the services is compiled
 * in it.
 */
final class StorageBenchmark {
    private static final int SMALL = 1024;
    private static final long LARGE = 256L << 20;
    private static final int LISTED = 10_000;
    private static final int MANY = 20_000;
    /** Of three measures of deletes, each: there have to be blobs left. */
    private static final int MOST_DELETES = 6_500;
    private static final List<Integer> CONNECTIONS = List.of(1, 16);

    /** What one connection does again and again. */
    interface Step {
        void run(int number) throws Exception;
    }

    /** Opens what a connection needs. */
    interface Connection {
        Step open() throws Exception;
    }

    private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();
    private final Path work;
    private final int rounds;
    private final double seconds;
    private final boolean sdk;
    private final AtomicInteger names = new AtomicInteger();
    private boolean measures = true;

    private StorageBenchmark(Path work, int rounds, double seconds, boolean sdk) {
        this.work = work;
        this.rounds = rounds;
        this.seconds = seconds;
        this.sdk = sdk;
    }

    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[2]);
        List<String> options = List.of(arguments).subList(3, arguments.length);
        String only = option(options, "--only", "");
        List<Service> services = new ArrayList<>();
        if (!only.equals("azurite")) {
            services.add(Service.lazuli(arguments[0], work));
        }
        if (!only.equals("lazuli")) {
            services.add(Service.azurite(arguments[1], work));
        }
        StorageBenchmark benchmark = new StorageBenchmark(work, Integer.parseInt(option(options, "--rounds", "3")),
            Double.parseDouble(option(options, "--seconds", "3")), !options.contains("--skip-sdk"));
        benchmark.run(services);
    }

    private static String option(List<String> options, String name, String fallback) {
        int at = options.indexOf(name);
        return at < 0 ? fallback : options.get(at + 1);
    }

    private void run(List<Service> services) throws Exception {
        removeData();
        try {
            for (Service service : services) {
                for (int round = 1; round <= rounds; round++) {
                    record(service, "start to ready, empty, ms", service.start());
                    service.close();
                }
                service.start();
                try (RawClient client = new RawClient(service)) {
                    for (String container : List.of("small", "large", "many", "sdk")) {
                        client.createContainer(container);
                    }
                }
            }
            for (Service service : services) {
                progress(service, "not measured");
                measures = false;
                round(service);
                measures = true;
            }
            for (int round = 1; round <= rounds; round++) {
                for (Service service : services) {
                    progress(service, "round " + round);
                    round(service);
                }
            }
            for (Service service : services) {
                progress(service, "many blobs");
                many(service);
                record(service, "resident memory, now, MB", service.megabytes("VmRSS"));
                record(service, "resident memory, at most, MB", service.megabytes("VmHWM"));
                service.close();
                for (int round = 1; round <= rounds; round++) {
                    record(service, "start to ready, 20,000 blobs, ms", service.start());
                    service.close();
                }
            }
        } finally {
            for (Service service : services) {
                service.close();
            }
            removeData();
        }
        print(services);
        if (sdk) {
            printLimit();
        }
    }

    private void round(Service service) throws Exception {
        raw(service);
        if (sdk) {
            try (SdkClient client = new SdkClient(service.endpoint(), work)) {
                sdk(service, client);
            }
        }
    }

    private void raw(Service service) throws Exception {
        byte[] small = new byte[SMALL];
        byte[] piece = new byte[1 << 20];
        for (int connections : CONNECTIONS) {
            int first = names.get();
            record(service, "raw put 1 KB, " + connections + " conn., /s", rate(connections, Integer.MAX_VALUE, () -> {
                RawClient client = new RawClient(service);
                return number -> client.put("small/blob-" + names.getAndIncrement(), small, SMALL);
            }));
            int count = names.get() - first;
            record(service, "raw get 1 KB, " + connections + " conn., /s", rate(connections, Integer.MAX_VALUE, () -> {
                RawClient client = new RawClient(service);
                return number -> client.get("small/blob-" + (first + Math.floorMod(number * 7919, count)));
            }));
        }
        try (RawClient client = new RawClient(service)) {
            record(service, "raw put 256 MB, MB/s", megabytesPerSecond(() -> client.put("large/new", piece, LARGE),
                () -> client.delete("large/new")));
            record(service, "raw put 256 MB over another, MB/s", megabytesPerSecond(() -> client.put("large/blob", piece, LARGE)));
            record(service, "raw get 256 MB, MB/s", megabytesPerSecond(() -> client.get("large/blob")));
        }
    }

    private void sdk(Service service, SdkClient client) throws Exception {
        for (int connections : CONNECTIONS) {
            int first = names.get();
            record(service, "SDK put 1 KB, " + connections + " conn., /s",
                rate(connections, Integer.MAX_VALUE, () -> number -> client.put("blob-" + names.getAndIncrement(), new byte[SMALL])));
            int count = names.get() - first;
            record(service, "SDK get 1 KB, " + connections + " conn., /s",
                rate(connections, Integer.MAX_VALUE, () -> number -> client.get("blob-" + (first + Math.floorMod(number * 7919, count)))));
        }
        Path file = largeFile();
        record(service, "SDK put 256 MB, MB/s", megabytesPerSecond(() -> client.upload("new", file), () -> client.delete("sdk", "new")));
        record(service, "SDK put 256 MB over another, MB/s", megabytesPerSecond(() -> client.upload("large", file)));
        record(service, "SDK get 256 MB, MB/s", megabytesPerSecond(() -> client.read("large")));
        record(service, "SDK get 256 MB into a file, MB/s", megabytesPerSecond(() -> client.download("large")));
    }

    private void many(Service service) throws Exception {
        fill(service, 0, LISTED);
        try (RawClient client = new RawClient(service)) {
            rounds(service, "raw list 10,000, /s", () -> require(client.list("many")));
        }
        if (sdk) {
            try (SdkClient client = new SdkClient(service.endpoint(), work)) {
                rounds(service, "SDK list 10,000, /s", () -> require(client.list("many")));
            }
        }
        fill(service, LISTED, MANY);
        AtomicInteger next = new AtomicInteger();
        for (int connections : CONNECTIONS) {
            record(service, "raw delete among 20,000, " + connections + " conn., /s", rate(connections, MOST_DELETES, () -> {
                RawClient client = new RawClient(service);
                return number -> client.delete("many/" + name(next.getAndIncrement()));
            }));
        }
        if (sdk) {
            try (SdkClient client = new SdkClient(service.endpoint(), work)) {
                record(service, "SDK delete among 20,000, 1 conn., /s",
                    rate(1, MOST_DELETES, () -> number -> client.delete("many", name(next.getAndIncrement()))));
            }
        }
    }

    /** Here too a first round is not measured. */
    private void rounds(Service service, String what, Action action) throws Exception {
        measures = false;
        record(service, what, rate(action));
        measures = true;
        for (int round = 0; round < rounds; round++) {
            record(service, what, rate(action));
        }
    }

    private static void require(int found) {
        if (found != LISTED) {
            throw new IllegalStateException("Listed " + found + " blobs instead of " + LISTED);
        }
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "blob-%06d", number);
    }

    private void fill(Service service, int from, int to) throws Exception {
        AtomicInteger next = new AtomicInteger(from);
        byte[] small = new byte[SMALL];
        List<Thread> threads = new ArrayList<>();
        List<Exception> failures = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                try (RawClient client = new RawClient(service)) {
                    for (int number = next.getAndIncrement(); number < to; number = next.getAndIncrement()) {
                        client.put("many/" + name(number), small, SMALL);
                    }
                } catch (Exception problem) {
                    synchronized (failures) {
                        failures.add(problem);
                    }
                }
            }));
        }
        join(threads, failures);
    }

    private static void join(List<Thread> threads, List<Exception> failures) throws Exception {
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    /** Steps a second of so many connections together, at most so many steps, after a warm-up of a fifth of the time or steps. */
    private double rate(int connections, int most, Connection connection) throws Exception {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            steps.add(connection.open());
        }
        long warm = System.nanoTime() + (long) (seconds * 2e8);
        long end = warm + (long) (seconds * 1e9);
        AtomicLong begin = new AtomicLong();
        AtomicInteger numbers = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        List<Exception> failures = new ArrayList<>();
        for (Step step : steps) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    int number = numbers.getAndIncrement();
                    for (long now = System.nanoTime(); now < end && number < most; now = System.nanoTime()) {
                        step.run(number);
                        number = numbers.getAndIncrement();
                        if (now >= warm || number >= most / 5) {
                            begin.compareAndSet(0, now);
                            done.incrementAndGet();
                        }
                    }
                } catch (Exception problem) {
                    synchronized (failures) {
                        failures.add(problem);
                    }
                }
            }));
        }
        join(threads, failures);
        return done.get() * 1e9 / (System.nanoTime() - begin.get());
    }

    private interface Action {
        void run() throws Exception;
    }

    private double rate(Action action) throws Exception {
        return rate(action, () -> { });
    }

    /**
     * Times a second, until they have taken the time; the first, in which the client's code is compiled, is not measured, nor is what
     * comes after each.
     */
    private double rate(Action action, Action after) throws Exception {
        action.run();
        after.run();
        int done = 0;
        long taken = 0;
        while (taken < seconds * 1e9) {
            long begin = System.nanoTime();
            action.run();
            taken += System.nanoTime() - begin;
            done++;
            after.run();
        }
        return done * 1e9 / taken;
    }

    private double megabytesPerSecond(Action action) throws Exception {
        return megabytesPerSecond(action, () -> { });
    }

    private double megabytesPerSecond(Action action, Action after) throws Exception {
        return rate(action, after) * (LARGE >> 20);
    }

    private void record(Service service, String what, double value) {
        if (measures) {
            figures.computeIfAbsent(what, key -> new LinkedHashMap<>()).computeIfAbsent(service.name, key -> new ArrayList<>()).add(value);
        }
        progress(service, String.format(Locale.ROOT, "%s: %.1f", what, value));
    }

    private static void progress(Service service, String text) {
        System.err.printf("  %s: %s%n", service.name, text);
    }

    private void print(List<Service> services) {
        System.out.printf("%-44s %12s %12s %9s%n", "median of " + rounds, "lazuli", "azurite", "ratio");
        figures.forEach((what, values) -> {
            Double ours = median(values.get("lazuli"));
            Double theirs = median(values.get("azurite"));
            // For times and memory less is better: the ratio is how many times better this service is.
            boolean less = what.endsWith("ms") || what.endsWith("MB");
            String ratio = ours == null || theirs == null ? "" : String.format(Locale.ROOT, "%.1f", less ? theirs / ours : ours / theirs);
            System.out.printf(Locale.ROOT, "%-44s %12s %12s %9s%n", what, number(ours), number(theirs), ratio);
        });
    }

    /** What the SDK can take, whoever sends it. */
    private void printLimit() throws Exception {
        List<Double> found = new ArrayList<>();
        try (BareServer server = new BareServer(largeFile()); SdkClient client = new SdkClient(server.endpoint(), work)) {
            for (int round = 0; round < rounds; round++) {
                found.add(megabytesPerSecond(() -> client.read("large")));
            }
        }
        System.out.printf("%-44s %12s%n", "SDK get 256 MB from sendfile alone, MB/s", number(median(found)));
    }

    private Path largeFile() throws IOException {
        Path file = work.resolve("large-file");
        if (!Files.exists(file)) {
            Files.write(file, new byte[(int) LARGE]);
        }
        return file;
    }

    private static String number(Double value) {
        return value == null ? "" : String.format(Locale.ROOT, value < 100 ? "%,.1f" : "%,.0f", value);
    }

    private static Double median(List<Double> values) {
        return values == null ? null : values.stream().sorted().toList().get(values.size() / 2);
    }

    private void removeData() throws IOException {
        for (String data : List.of("data-lazuli", "data-azurite")) {
            if (Files.exists(work.resolve(data))) {
                try (Stream<Path> files = Files.walk(work.resolve(data))) {
                    files.sorted(Comparator.reverseOrder()).forEach(StorageBenchmark::remove);
                }
            }
        }
    }

    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
