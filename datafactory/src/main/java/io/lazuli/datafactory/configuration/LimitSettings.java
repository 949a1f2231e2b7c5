package io.lazuli.datafactory.configuration;

/**
 * The {@code limits} of runs and checks; by default Azure's.
 *
 * @param lookupRows of one Lookup's answer
 * @param lookupBytes of one Lookup's answer
 * @param forEachItems of one ForEach
 * @param batchCount ForEach iterations at once
 * @param pipelineActivities activities of one pipeline, those in containers included
 * @param pipelineParameters parameters of one pipeline
 */
public record LimitSettings(
    Limit lookupRows, Limit lookupBytes, Limit forEachItems, Limit batchCount, Limit pipelineActivities, Limit pipelineParameters) {
    public static final LimitSettings AZURE = new LimitSettings(null, null, null, null, null, null);

    public LimitSettings {
        lookupRows = or(lookupRows, 5_000);
        lookupBytes = or(lookupBytes, 4 * 1024 * 1024);
        forEachItems = or(forEachItems, 100_000);
        batchCount = or(batchCount, 50);
        pipelineActivities = or(pipelineActivities, 120);
        pipelineParameters = or(pipelineParameters, 50);
    }

    private static Limit or(Limit given, long azure) {
        return given == null ? new Limit(azure) : given;
    }
}
