package io.lazuli.datafactory.run;

import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.Parameter;
import io.lazuli.datafactory.workspace.Pipeline;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether a pipeline is still the one that a run began with. */
final class Fingerprint {
    private Fingerprint() {
    }

    static String of(Pipeline pipeline) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            pipeline.parameters().values().forEach(parameter -> add(digest, "parameter", parameter));
            pipeline.variables().values().forEach(variable -> add(digest, "variable", variable));
            for (ActivityDefinition activity : pipeline.activities()) {
                digest.update(activity.json().toString().getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static void add(MessageDigest digest, String kind, Parameter parameter) {
        digest.update((kind + " " + parameter.name() + " " + parameter.type() + " " + parameter.defaultValue() + "\n")
            .getBytes(StandardCharsets.UTF_8));
    }
}
