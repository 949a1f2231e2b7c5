package io.lazuli.datafactory.check;

import io.lazuli.foundation.ErrorCode;

/** What only a check of a whole workspace can find; a run would fail in other words. */
public enum CheckError implements ErrorCode {
    /** An expression reads an activity that need not have run before. */
    ACTIVITY_NOT_UPSTREAM,
    /** A variable is set by iterations that run at the same time. */
    VARIABLE_RACE,
    /** A variable's new value reads the variable itself. */
    SELF_REFERENCE,
    /** Pipelines that call each other in a circle. */
    PIPELINE_CYCLE,
    /** A type of linked service or activity that nothing on this machine stands for. */
    NO_LOCAL_FORM,
    /** A type of dataset, source, sink, setting or trigger that is not known. */
    UNKNOWN_TYPE;

    @Override
    public Category category() {
        return Category.USER;
    }
}
