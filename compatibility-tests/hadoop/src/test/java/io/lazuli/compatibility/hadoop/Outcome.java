package io.lazuli.compatibility.hadoop;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** What became of the tests, each named as {@code Class#method}, or {@code Class} when the class itself failed or was skipped. */
final class Outcome implements TestExecutionListener {
    private static final int SLOWEST = 10;

    private final Set<String> passed = new TreeSet<>();
    private final Map<String, String> failures = new TreeMap<>();
    private final Map<String, String> skipped = new TreeMap<>();

    private final Map<String, Long> started = new HashMap<>();
    private final Map<String, Long> seconds = new TreeMap<>();

    @Override
    public void executionStarted(TestIdentifier test) {
        started.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped.put(name(test), reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.getSource().orElse(null) instanceof ClassSource type) {
            long nanos = System.nanoTime() - started.get(test.getUniqueId());
            seconds.merge(simple(type.getClassName()), TimeUnit.NANOSECONDS.toSeconds(nanos), Long::sum);
        }
        if (result.getStatus() == Status.SUCCESSFUL) {
            if (test.isTest()) {
                passed.add(name(test));
            }
        } else if (result.getStatus() == Status.ABORTED) {
            skipped.put(name(test), result.getThrowable().map(Throwable::getMessage).orElse(""));
        } else {
            failures.put(name(test), result.getThrowable().map(Outcome::trace).orElse(""));
        }
    }

    /** The name of a test, with its parameters when it has some. */
    private static String name(TestIdentifier test) {
        return name(test.getSource().orElse(null), test.getDisplayName());
    }

    static String name(TestSource source, String displayName) {
        return switch (source) {
            case MethodSource method -> simple(method.getClassName()) + "#" + displayName;
            case ClassSource type -> simple(type.getClassName());
            case null, default -> displayName;
        };
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    Set<String> passed() {
        return passed;
    }

    Map<String, String> failures() {
        return failures;
    }

    Map<String, String> skipped() {
        return skipped;
    }

    String summary() {
        String slowest = seconds.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed()).limit(SLOWEST)
            .map(entry -> entry.getKey() + " " + entry.getValue() + " s").collect(Collectors.joining(", "));
        return passed.size() + " passed, " + skipped.size() + " skipped themselves, " + failures.size() + " failed; slowest: " + slowest;
    }
}
