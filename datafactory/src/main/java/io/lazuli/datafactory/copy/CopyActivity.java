package io.lazuli.datafactory.copy;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.copy.failure.CopyFailure;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Copy activity: a source's rows, mapped to a sink, by the engine; or whole files.
 *
 * <p>The copy as a whole is one durable step: a resumed run does not copy again what it had copied. A copy that fails has an output too,
 * whose {@code errors} expressions read.
 */
final class CopyActivity implements Activity {
    @Override
    public ObjectNode run(ActivityContext context) throws InterruptedException {
        try {
            return context.once("copied", () -> copy(context));
        } catch (Stopped stopped) {
            throw stopped.interruption;
        } catch (ActivityFailure failure) {
            throw withOutput(failure);
        } catch (LazuliException e) {
            if (e.code() == CommonError.CANCELLED) {
                throw e;
            }
            throw withOutput(CopyFailure.translated(e));
        }
    }

    private static ActivityFailure withOutput(ActivityFailure failure) {
        boolean user = failure.failureType().equals("UserError");
        return new ActivityFailure(failure.errorCode(), user, failure.getMessage(), CopyOutput.failed(failure), failure);
    }

    private static ObjectNode copy(ActivityContext context) {
        try {
            return new CopyRun(context).copy();
        } catch (InterruptedException e) {
            throw new Stopped(e);
        }
    }

    /** Carries an interruption out of the durable step. */
    private static final class Stopped extends RuntimeException {
        private final transient InterruptedException interruption;

        Stopped(InterruptedException interruption) {
            super(interruption);
            this.interruption = interruption;
        }
    }
}
