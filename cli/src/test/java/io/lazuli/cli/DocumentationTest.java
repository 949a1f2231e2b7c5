package io.lazuli.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the examples of the pages: each fenced block marked {@code console} holds {@code $ lazuli …} commands, each followed by what it
 * prints. A line {@code …} stands for any lines, {@code …} within a line for any text. The commands of a page run one after another, as
 * processes of their own, in a copy of the retail example.
 */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\\n(.*?)^```");
    private static final Pattern ARGUMENT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|(\\S+)");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicNode> examplesOfPagesPrintWhatThePageSays() throws IOException {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            return pages.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream()
                .map(page -> (DynamicNode) DynamicContainer.dynamicContainer(page.getFileName().toString(), examples(page)))
                .toList().stream();
        }
    }

    private Stream<DynamicTest> examples(Path page) {
        List<DynamicTest> tests = new ArrayList<>();
        Path workspace = folder.resolve(page.getFileName().toString());
        for (Example example : Example.of(page)) {
            tests.add(DynamicTest.dynamicTest(example.command(), () -> {
                if (!Files.exists(workspace)) {
                    copy(ROOT.resolve("examples/retail"), workspace);
                }
                assertThat(run(example.command(), workspace)).matches(example.expected());
            }));
        }
        return tests.stream();
    }

    /** A command line and what its output looks like. */
    private record Example(String command, Pattern expected) {
        static List<Example> of(Path page) {
            List<Example> examples = new ArrayList<>();
            Matcher block = BLOCK.matcher(read(page));
            while (block.find()) {
                for (String part : block.group(1).split("(?m)^\\$ ")) {
                    if (!part.isBlank()) {
                        int end = part.indexOf('\n');
                        examples.add(new Example(part.substring(0, end), pattern(part.substring(end + 1))));
                    }
                }
            }
            return examples;
        }

        private static Pattern pattern(String output) {
            String lines = Pattern.quote(output.strip()).replace("…", "\\E.*\\Q");
            return Pattern.compile("\\s*" + lines + "\\s*", Pattern.DOTALL);
        }
    }

    private static String run(String command, Path workspace) throws IOException, InterruptedException {
        assertThat(command).startsWith("lazuli ");
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-cp", System.getProperty("java.class.path"), "io.lazuli.cli.Lazuli"));
        Matcher argument = ARGUMENT.matcher(command.substring("lazuli ".length()));
        while (argument.find()) {
            line.add(argument.group(1) != null ? argument.group(1).replaceAll("\\\\(.)", "$1")
                : argument.group(2) != null ? argument.group(2) : argument.group(3));
        }
        Process process = new ProcessBuilder(line).directory(workspace.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(path -> !path.toString().contains(".lazuli/")).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
