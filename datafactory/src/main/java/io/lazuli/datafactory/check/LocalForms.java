package io.lazuli.datafactory.check;

import io.lazuli.datafactory.activity.control.StandInActivity;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.configuration.LinkedServiceSettings;
import io.lazuli.datafactory.configuration.LinkedServiceSettings.Mode;
import io.lazuli.datafactory.workspace.LinkedService;
import java.util.Optional;
import java.util.Set;

/** Which linked services and activities this machine has a form of. */
public final class LocalForms {
    private static final Set<String> LOCAL = Set.of(
        "AzureBlobFS", "AzureBlobStorage", "AzureStorage", "AzureDataLakeStore", "FileServer", "AzureFileStorage",
        "AzureSqlDatabase", "AzureSqlDW", "AzureSqlMI", "SqlServer", "AmazonRdsForSqlServer", "AzureKeyVault");
    private static final Set<String> HTTP = Set.of("HttpServer", "RestService", "OData", "AzureFunction", "Web");
    private static final Set<String> FILES = Set.of(
        "AmazonS3", "AmazonS3Compatible", "GoogleCloudStorage", "OracleCloudStorage", "Sftp", "FtpServer", "Hdfs");
    /** Compute: it is the activities that need something instead. */
    private static final Set<String> COMPUTE = Set.of(
        "AzureDatabricks", "HDInsight", "HDInsightOnDemand", "AzureBatch", "AzureML", "AzureMLService", "AzureSynapseArtifacts",
        "AzureDataLakeAnalytics");
    private static final Set<String> STAND_IN_ACTIVITIES = Set.of(StandInActivity.NAMES);

    private LocalForms() {
    }

    /** Why a run cannot use a linked service as it is, empty when it can. */
    public static Optional<String> obstacle(LinkedService service, LazuliConfiguration configuration) {
        LinkedServiceSettings settings = configuration.linkedService(service.name()).orElse(null);
        boolean configured = settings != null && (settings.mode() != Mode.LOCAL || settings.directory() != null);
        String type = service.type();
        if (configured || LOCAL.contains(type) || HTTP.contains(type) || COMPUTE.contains(type) || type.startsWith("[")) {
            return Optional.empty();
        }
        return Optional.of(FILES.contains(type)
            ? "has no local form until lazuli.yaml gives it a directory" : "has no local form until lazuli.yaml gives it a stand-in");
    }

    /** Whether linked services of a type are called at an address of the web. */
    static boolean isWeb(String linkedServiceType) {
        return HTTP.contains(linkedServiceType);
    }

    /** Whether activities of a type run through a stand-in only. */
    public static boolean needsStandIn(String activityType) {
        return STAND_IN_ACTIVITIES.contains(activityType);
    }
}
