package io.lazuli.datafactory.dataflow;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Property.Kind;
import io.lazuli.datafactory.workspace.shape.Shape;

/**
 * {@code ExecuteDataFlow}: runs a mapping data flow. Compute, staging and tracing are settings of Azure's clusters, which run nothing
 * here.
 */
public final class ExecuteDataFlowActivityType implements ActivityType {
    @Override
    public String name() {
        return "ExecuteDataFlow";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(Property.of("dataflow", Kind.OBJECT), Property.of("dataFlow", Kind.OBJECT),
            Property.of("staging", Kind.OBJECT), Property.of("compute", Kind.OBJECT), Property.of("integrationRuntime", Kind.OBJECT),
            Property.of("traceLevel", Kind.ANY), Property.of("continueOnError", Kind.ANY), Property.of("runConcurrently", Kind.ANY),
            Property.of("sourceStagingConcurrency", Kind.ANY), Property.of("continuationSettings", Kind.OBJECT),
            Property.of("cacheSinks", Kind.OBJECT));
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return new ExecuteDataFlowActivity();
    }
}
