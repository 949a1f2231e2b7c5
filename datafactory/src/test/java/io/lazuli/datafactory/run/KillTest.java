package io.lazuli.datafactory.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A process that is killed with {@code kill -9} again and again, at random moments, comes to the result of an undisturbed one. */
class KillTest {
    private static final int KILLS = 20;

    @TempDir
    private Path folder;

    @Test
    void killedRunsEndAsUndisturbedOnes() throws Exception {
        Path calm = Files.createDirectory(folder.resolve("calm"));
        KilledRun.factory(calm);
        process(calm).waitFor();
        List<String> expected = result(calm);
        long lines = journalLines(calm);
        Random random = new Random(5);
        int kills = 0;
        for (int round = 0; kills < KILLS; round++) {
            Path disturbed = Files.createDirectory(folder.resolve("disturbed" + round));
            KilledRun.factory(disturbed);
            kills += runWithKills(disturbed, lines, random);
            assertThat(result(disturbed)).isEqualTo(expected);
        }
        assertThat(kills).isGreaterThanOrEqualTo(KILLS);
    }

    /** Kills at a random line of the journal, resumes, and so on to the end; gives the number of kills. */
    private static int runWithKills(Path where, long lines, Random random) throws Exception {
        int kills = 0;
        while (!ended(where)) {
            long killAt = journalLines(where) + 1 + random.nextLong(lines / 6);
            Process process = process(where);
            while (process.isAlive() && journalLines(where) < killAt) {
                Thread.sleep(3);
            }
            if (process.isAlive()) {
                Thread.sleep(random.nextInt(4));
                process.destroyForcibly();
                kills++;
            }
            int exit = process.waitFor();
            assertThat(exit).as(() -> output(where)).isIn(0, 137);
        }
        return kills;
    }

    private static Process process(Path where) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), KilledRun.class.getName(), where.toString())
            .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(where.resolve("output").toFile())).start();
    }

    private static String output(Path where) {
        try {
            return Files.readString(where.resolve("output"));
        } catch (IOException problem) {
            return problem.toString();
        }
    }

    private static RunStore store(Path where) {
        return new RunStore(where.resolve(".lazuli"), TestFactory.JSON);
    }

    private static boolean ended(Path where) {
        return store(where).list().stream().anyMatch(run -> run.request().parent() == null && run.status().ended());
    }

    private static long journalLines(Path where) throws IOException {
        long count = 0;
        Path runs = where.resolve(".lazuli/runs");
        if (Files.isDirectory(runs)) {
            try (Stream<Path> journals = Files.walk(runs)) {
                for (Path journal : journals.filter(Files::isRegularFile).toList()) {
                    for (byte sign : Files.readAllBytes(journal)) {
                        count += sign == '\n' ? 1 : 0;
                    }
                }
            }
        }
        return count;
    }

    /** All that may not depend on kills: how activities ended, how often, what variables and effects came to. */
    private static List<String> result(Path where) throws IOException {
        List<String> result = new ArrayList<>();
        for (RunRecord run : store(where).list().reversed()) {
            result.add(run.request().pipeline() + " " + run.status() + " " + run.message());
            Map<String, Integer> ends = new TreeMap<>();
            run.endEvents().forEach(event -> ends.merge(event.path("key").asString() + " " + event.path("status").asString(), 1,
                Integer::sum));
            result.add(ends.toString());
            result.add(run.variable("count") + " " + run.variable("flag"));
            List<Integer> elements = new ArrayList<>();
            run.variable("list").orElseThrow().forEach(element -> elements.add(element.asInt()));
            result.add(elements.stream().sorted().toList().toString());
            result.add(elements.stream().filter(element -> element >= 100).toList().toString());
            result.add(run.variable("counted").map(JsonNode::toString).orElse(""));
        }
        List<String> effects = new ArrayList<>();
        try (Stream<Path> files = Files.list(where.resolve(".lazuli/effects"))) {
            for (Path file : files.toList()) {
                effects.add(Files.readString(file));
            }
        }
        result.add(effects.stream().sorted().toList().toString());
        return result;
    }
}
