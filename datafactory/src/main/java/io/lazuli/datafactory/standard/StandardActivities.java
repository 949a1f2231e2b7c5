package io.lazuli.datafactory.standard;

import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.activity.control.AppendVariableActivity;
import io.lazuli.datafactory.activity.control.ExecutePipelineActivity;
import io.lazuli.datafactory.activity.control.FailActivity;
import io.lazuli.datafactory.activity.control.FilterActivity;
import io.lazuli.datafactory.activity.control.ForEachActivity;
import io.lazuli.datafactory.activity.control.IfConditionActivity;
import io.lazuli.datafactory.activity.control.SetVariableActivity;
import io.lazuli.datafactory.activity.control.StandInActivity;
import io.lazuli.datafactory.activity.control.SwitchActivity;
import io.lazuli.datafactory.activity.control.UntilActivity;
import io.lazuli.datafactory.activity.control.WaitActivity;
import io.lazuli.datafactory.activity.file.DeleteActivity;
import io.lazuli.datafactory.activity.file.GetMetadataActivity;
import io.lazuli.datafactory.activity.file.LookupActivity;
import io.lazuli.datafactory.activity.file.ValidationActivity;
import io.lazuli.datafactory.activity.http.AzureFunctionActivity;
import io.lazuli.datafactory.activity.http.WebActivity;
import io.lazuli.datafactory.activity.http.WebHookActivity;
import io.lazuli.datafactory.activity.sql.ScriptActivity;
import io.lazuli.datafactory.activity.sql.StoredProcedureActivity;
import io.lazuli.datafactory.copy.CopyActivityType;
import io.lazuli.datafactory.dataflow.ExecuteDataFlowActivityType;
import java.util.List;
import java.util.stream.Stream;

/** The activity types that this program knows: each a plug-in. */
public final class StandardActivities {
    private StandardActivities() {
    }

    /** Every activity type; a name occurs once. */
    public static List<ActivityType> all() {
        return Stream.concat(known().stream(), Stream.of(StandInActivity.NAMES).map(StandInActivity::new)).toList();
    }

    /** Those that run here. Add yours. */
    private static List<ActivityType> known() {
        return List.of(
            new AppendVariableActivity(),
            new CopyActivityType(),
            new DeleteActivity(),
            new ExecutePipelineActivity(),
            new FailActivity(),
            new FilterActivity(),
            new ForEachActivity(),
            new GetMetadataActivity(),
            new IfConditionActivity(),
            new LookupActivity(),
            new ScriptActivity(),
            new SetVariableActivity(),
            new StoredProcedureActivity("SqlPoolStoredProcedure"),
            new StoredProcedureActivity("SqlServerStoredProcedure"),
            new SwitchActivity(),
            new UntilActivity(),
            new ValidationActivity(),
            new WebActivity(),
            new WebHookActivity(),
            new AzureFunctionActivity(),
            new ExecuteDataFlowActivityType(),
            new WaitActivity());
    }
}
