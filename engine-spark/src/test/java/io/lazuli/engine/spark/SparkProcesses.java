package io.lazuli.engine.spark;

import io.lazuli.operators.JavaOperator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Java processes on this machine with the tests' class path, or what Spark's own processes need of it; they end with the test. */
final class SparkProcesses implements AutoCloseable {
    private static final String SEPARATOR = System.getProperty("path.separator");
    private static final Path CONNECT = Path.of("target/connect").toAbsolutePath();
    /** Spark's classes that its Connect client has in another form. */
    private static final Pattern REPLACED_BY_CLIENT =
        Pattern.compile("(spark-(sql|catalyst|core|network|launcher|kvstore)|hadoop|arrow|netty|orc|parquet).*");

    private final Path folder;
    private final List<Process> running = new ArrayList<>();
    private final List<Path> links = new ArrayList<>();

    SparkProcesses(Path folder) {
        this.folder = folder;
    }

    /** A folder as a Spark distribution has it, without anything of Lazuli. */
    Path home() throws IOException {
        Path jars = Files.createDirectories(folder.resolve("spark/jars"));
        for (Path jar : libraries()) {
            links.add(Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar));
        }
        return jars.getParent();
    }

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(SEPARATOR)).map(Path::of).toList();
    }

    private static List<Path> libraries() {
        return classPath().stream().filter(path -> path.toString().endsWith(".jar") && !path.getFileName().toString().startsWith("lazuli"))
            .toList();
    }

    List<Path> server() {
        return Stream.concat(connect("spark-connect_.*"), libraries().stream()).toList();
    }

    /** This program's; what it sends to workers is in jars, as where it is installed. */
    List<Path> client(boolean connect) throws IOException {
        List<Path> all = new ArrayList<>(connect ? connect("spark-connect-(client|shims).*").toList() : List.of());
        for (Path path : classPath()) {
            if (path.equals(place(JavaOperator.class)) || path.equals(place(SparkEngine.class))) {
                all.add(Files.isDirectory(path) ? jar(path, "part" + all.size() + ".jar") : path);
            } else if (!connect || !REPLACED_BY_CLIENT.matcher(path.getFileName().toString()).matches()) {
                all.add(path);
            }
        }
        return all;
    }

    private static Stream<Path> connect(String name) {
        try (Stream<Path> jars = Files.list(CONNECT)) {
            return jars.filter(jar -> jar.getFileName().toString().matches(name)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path place(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private Path jar(Path classes, String name) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(file);
            Stream<Path> files = Files.walk(classes)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                Files.copy(each, entries);
            }
        }
        return jar;
    }

    /** Starts a process and waits for what it tells; gives the group of the pattern. A process that ends before fails with its output. */
    String start(List<Path> classPath, String tells, List<String> command, String... environment) throws IOException {
        List<String> words = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx1g", "-cp",
            String.join(SEPARATOR, classPath.stream().map(Path::toString).toList())));
        flags().forEach(words::add);
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true).directory(folder.toFile());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        Process process = builder.start();
        running.add(process);
        return awaited(process.inputReader(), Pattern.compile(tells));
    }

    /** What this process was started with for the sake of Spark and DuckDB. */
    private static Stream<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> flag.startsWith("--") || flag.startsWith("-Dio.netty"));
    }

    private static String awaited(BufferedReader lines, Pattern tells) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            all.append(line).append('\n');
            Matcher matcher = tells.matcher(line);
            if (matcher.find()) {
                Thread.startVirtualThread(() -> lines.lines().forEach(ignored -> { }));
                return matcher.group(1);
            }
        }
        throw new AssertionError("The process ended without " + tells + ":\n" + all);
    }

    @Override
    public void close() {
        running.reversed().forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.onExit().join();
        });
        links.forEach(link -> link.toFile().delete());
    }
}
