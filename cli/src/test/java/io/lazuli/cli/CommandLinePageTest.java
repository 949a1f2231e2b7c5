package io.lazuli.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Holds {@code docs/command-line.md} and the commands together: a section for each command, a row for each of its options. */
class CommandLinePageTest {
    private static final Pattern SECTION = Pattern.compile("(?ms)^### `(lazuli [^`]+)`\\n(.*?)(?=^##|\\z)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`-[^|]*?) \\|");
    private static final Pattern OPTION = Pattern.compile("(?<!-)--?[a-z][a-z-]*");
    private static final Set<String> OF_ALL = Set.of("--workspace", "--data-dir", "--help", "-h", "--version", "-V");

    @Test
    void pageHasEveryCommandAndEachOfItsOptions() throws IOException {
        Map<String, Set<String>> commands = new TreeMap<>();
        collect("lazuli", Lazuli.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter())), commands);
        assertThat(documented(Files.readString(Path.of("../docs/command-line.md")))).isEqualTo(commands);
    }

    @Test
    void everyCommandHasHelp() {
        Map<String, Set<String>> commands = new TreeMap<>();
        collect("lazuli", Lazuli.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter())), commands);
        for (String command : commands.keySet()) {
            StringWriter out = new StringWriter();
            String[] words = (command + " --help").substring("lazuli ".length()).split(" ");
            for (int length = 1; length < words.length; length++) {
                String[] prefix = Arrays.copyOf(words, length + 1);
                prefix[length] = "--help";
                assertThat(Lazuli.commandLine(new PrintWriter(out), new PrintWriter(out)).execute(prefix)).as(command).isZero();
            }
        }
    }

    /** The commands that do something by themselves, with the options that not every command has. */
    private static void collect(String name, CommandLine command, Map<String, Set<String>> found) {
        if (command.getSubcommands().isEmpty()) {
            Set<String> options = new TreeSet<>();
            command.getCommandSpec().options().forEach(option -> options.addAll(Arrays.asList(option.names())));
            options.removeAll(OF_ALL);
            found.put(name, options);
        }
        command.getSubcommands().forEach((word, inner) -> collect(name + " " + word, inner, found));
    }

    private static Map<String, Set<String>> documented(String page) {
        Map<String, Set<String>> found = new TreeMap<>();
        Matcher section = SECTION.matcher(page);
        while (section.find()) {
            Set<String> options = new TreeSet<>();
            Matcher row = ROW.matcher(section.group(2));
            while (row.find()) {
                Matcher option = OPTION.matcher(row.group(1));
                while (option.find()) {
                    options.add(option.group());
                }
            }
            found.put(section.group(1).replaceFirst(" \\[?[A-Z].*", ""), options);
        }
        return found;
    }
}
