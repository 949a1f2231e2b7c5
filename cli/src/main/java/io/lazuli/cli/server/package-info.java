/** Starting, finding and stopping the services of a workspace. */
package io.lazuli.cli.server;
