/** The activities that steer a pipeline: loops, branches, variables, calls of other pipelines. */
package io.lazuli.datafactory.activity.control;
