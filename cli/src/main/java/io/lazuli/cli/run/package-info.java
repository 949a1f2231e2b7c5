/** The commands that run pipelines and tell of runs. */
package io.lazuli.cli.run;
