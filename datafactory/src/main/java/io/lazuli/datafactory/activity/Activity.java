package io.lazuli.datafactory.activity;

import tools.jackson.databind.node.ObjectNode;

/** The work of one activity run. */
@FunctionalInterface
public interface Activity {
    /**
     * Does the work on the calling virtual thread and gives the activity's {@code output} as Azure shapes it.
     *
     * @throws ActivityFailure when the activity fails as Azure's would; any other exception fails it with its own code
     * @throws InterruptedException when the run is cancelled or the attempt's time is over
     */
    ObjectNode run(ActivityContext context) throws InterruptedException;
}
