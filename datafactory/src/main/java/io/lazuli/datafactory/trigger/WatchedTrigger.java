package io.lazuli.datafactory.trigger;

/**
 * A trigger that is watched, for people.
 *
 * @param when what it fires on
 */
public record WatchedTrigger(String name, String type, String when) {
}
