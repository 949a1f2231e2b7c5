package io.lazuli.datafactory.activity;

import java.util.List;

/** The activity types that this program knows: each a plug-in, made when first asked for. */
public final class StandardActivities {
    private StandardActivities() {
    }

    /** Every activity type; a name occurs once. Add yours here. */
    public static List<ActivityType> all() {
        return List.of();
    }
}
