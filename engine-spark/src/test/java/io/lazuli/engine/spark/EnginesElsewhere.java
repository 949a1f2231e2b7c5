package io.lazuli.engine.spark;

import java.util.ArrayList;
import java.util.List;

/** A process that compares the engines, for those ways of running Spark that need a class path or a session of their own. */
final class EnginesElsewhere {
    static final String DONE = "compared: (.*)";

    private EnginesElsewhere() {
    }

    /** Prints the differences, or that there are none, for all seeds from the first argument to the second. */
    public static void main(String[] arguments) {
        List<String> differences = new ArrayList<>();
        for (long seed = Long.parseLong(arguments[0]); seed <= Long.parseLong(arguments[1]); seed++) {
            differences.addAll(new RandomExpressionsTest().differences(seed));
            differences.addAll(new RandomGroupsTest().groups(seed));
        }
        System.out.println("compared: " + (differences.isEmpty() ? "the same" : String.join(" | ", differences).replace('\n', ' ')));
        System.out.flush();
        System.exit(0);
    }
}
