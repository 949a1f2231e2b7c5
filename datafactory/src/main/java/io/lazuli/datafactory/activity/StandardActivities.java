package io.lazuli.datafactory.activity;

import io.lazuli.datafactory.activity.file.DeleteActivity;
import io.lazuli.datafactory.activity.file.GetMetadataActivity;
import io.lazuli.datafactory.activity.file.ValidationActivity;
import java.util.List;

/** The activity types that this program knows: each a plug-in, made when first asked for. */
public final class StandardActivities {
    private StandardActivities() {
    }

    /** Every activity type; a name occurs once. Add yours here. */
    public static List<ActivityType> all() {
        return List.of(
            new GetMetadataActivity(),
            new DeleteActivity(),
            new ValidationActivity());
    }
}
