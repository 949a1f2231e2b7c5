/** The services of a workspace in one process: what runs where, and one such process for a data directory. */
package io.lazuli.server;
