package io.lazuli.datafactory.configuration;

import tools.jackson.databind.JsonNode;

/**
 * What is done instead of an activity: exactly one of these.
 *
 * @param command run by the shell in the workspace's folder; gets the activity's evaluated properties as JSON on standard input, and what
 *     it prints, if it is JSON, is the output
 * @param output given as it is
 * @param fail the message of the failure
 */
public record ActivityStandIn(String command, JsonNode output, String fail) {
}
