package io.lazuli.datafactory.workspace;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of artifact that a workspace's folders and templates hold. */
public enum ArtifactKind {
    PIPELINE("pipeline", "pipeline", "pipelines", true),
    DATASET("dataset", "dataset", "datasets", true),
    LINKED_SERVICE("linked service", "linkedService", "linkedServices", true),
    DATA_FLOW("data flow", "dataflow", "dataflows", true),
    TRIGGER("trigger", "trigger", "triggers", true),
    INTEGRATION_RUNTIME("integration runtime", "integrationRuntime", "integrationRuntimes", true),
    CREDENTIAL("credential", "credential", "credentials", true),
    MANAGED_VIRTUAL_NETWORK("managed virtual network", "managedVirtualNetwork", "managedVirtualNetworks", true),
    NOTEBOOK("notebook", "notebook", "notebooks", false),
    SQL_SCRIPT("SQL script", "sqlscript", "sqlscripts", false),
    KQL_SCRIPT("KQL script", "kqlscript", "kqlscripts", false),
    SPARK_JOB_DEFINITION("Spark job definition", "sparkJobDefinition", "sparkJobDefinitions", false);

    private final String title;
    private final String folder;
    private final String resource;
    private final boolean read;

    ArtifactKind(String title, String folder, String resource, boolean read) {
        this.title = title;
        this.folder = folder;
        this.resource = resource;
        this.read = read;
    }

    /** As a sentence names it. */
    public String title() {
        return title;
    }

    /** The git folder that holds its files. */
    public String folder() {
        return folder;
    }

    /** Whether the content matters here; of the others only the names are known. */
    boolean read() {
        return read;
    }

    /** The kind whose git folder has this name, case ignored. */
    static Optional<ArtifactKind> ofFolder(String name) {
        return Arrays.stream(values()).filter(kind -> kind.folder.equalsIgnoreCase(name)).findFirst();
    }

    /** The kind of a template's resource type, such as {@code Microsoft.DataFactory/factories/pipelines}. */
    static Optional<ArtifactKind> ofResourceType(String type) {
        String last = type.substring(type.lastIndexOf('/') + 1);
        return Arrays.stream(values()).filter(kind -> kind.resource.equalsIgnoreCase(last)).findFirst();
    }
}
