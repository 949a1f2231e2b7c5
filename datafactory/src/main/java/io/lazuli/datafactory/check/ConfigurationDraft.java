package io.lazuli.datafactory.check;

import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.Secrets;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.datafactory.connector.file.StorageAddress;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.datafactory.connector.sql.SqlServerAddress;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.LinkedService;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** A {@code lazuli.yaml} for a workspace that changes nothing: what is where, and what could be elsewhere, as comments. */
public final class ConfigurationDraft {
    private static final int COMMENT_COLUMN = 26;
    private static final String BY_PARAMETERS = "tells by its parameters";

    private final Workspace workspace;
    private final StringBuilder text = new StringBuilder();

    private ConfigurationDraft(Workspace workspace) {
        this.workspace = workspace;
    }

    public static String of(Workspace workspace) {
        ConfigurationDraft draft = new ConfigurationDraft(workspace);
        draft.line("# Workspace '" + workspace.name() + "': what differs from the local form that everything has by itself.");
        draft.line("# Nothing here is needed. To change something, take the '# ' from its lines; all keys: docs/configuration.md");
        draft.linkedServices();
        draft.secrets();
        draft.activities();
        draft.parameters();
        return draft.text.toString();
    }

    private void line(String content) {
        text.append(content).append('\n');
    }

    private void linkedServices() {
        if (workspace.linkedServices().isEmpty()) {
            return;
        }
        line("");
        line("# Linked services and what they are here. Each can be something else:");
        line("#   directory: PATH            files: a folder of this machine");
        line("#   mode: real                 databases: jdbc: {url: …, user: …, password: ${VARIABLE}}; web services: url: …");
        line("#   mode: stand-in             file: PATH, or answer: [{column: value}]");
        line("#");
        line("# linked-services:");
        for (LinkedService service : workspace.linkedServices().values()) {
            boolean obstacle = LocalForms.obstacle(service, LazuliConfiguration.STANDARD).isPresent();
            key(service.name(), service.type() + ": " + form(service));
            line(obstacle ? "#     mode: stand-in" : "#     mode: local");
            if (obstacle) {
                line("#     answer: []");
            }
        }
    }

    private void key(String name, String comment) {
        line("#   " + quoted(name) + ":" + " ".repeat(Math.max(1, COMMENT_COLUMN - name.length())) + "# " + comment);
    }

    private static String quoted(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_ -]*") ? name : "'" + name.replace("'", "''") + "'";
    }

    /** Where the linked service's data is on this machine. */
    private static String form(LinkedService service) {
        ResolvedLinkedService plain = new ResolvedLinkedService(service.name(), service.type(), service.typeProperties(), service.place());
        String form;
        if (LocalForms.obstacle(service, LazuliConfiguration.STANDARD).isPresent()) {
            return "no local form; give it a directory or a stand-in";
        } else if (FileStores.isFileStore(service.type())) {
            form = "lake/" + account(plain);
        } else if (SqlServerAddress.isSqlServer(service.type())) {
            form = "sql/" + SqlDatabases.name(plain) + ".duckdb";
        } else if (service.type().equals("AzureKeyVault")) {
            form = "secrets, set with: lazuli secret set " + Secrets.vaultName(plain) + "/NAME";
        } else {
            return LocalForms.isWeb(service.type()) ? "called at its own address" : "its activities need stand-ins";
        }
        return form.contains("@") ? "where it " + BY_PARAMETERS : form;
    }

    /** A storage account that is hidden in a secret has to be named. */
    private static String account(ResolvedLinkedService service) {
        try {
            return StorageAddress.account(service);
        } catch (LazuliException hidden) {
            return "… (give it account: NAME)";
        }
    }

    private void secrets() {
        Set<String> names = new TreeSet<>();
        workspace.linkedServices().values().forEach(service -> addSecrets(service.typeProperties(), names));
        workspace.pipelines().values().forEach(pipeline ->
            pipeline.activities().forEach(activity -> addSecrets(activity.json(), names)));
        if (!names.isEmpty()) {
            line("");
            line("# Secrets that the workspace reads from key vaults. Set them with 'lazuli secret set VAULT/NAME', or take them from");
            line("# environment variables:");
            line("# secrets:");
            names.forEach(name -> line("#   " + name + ": " + variable(name)));
        }
    }

    private static String variable(String secret) {
        return secret.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private void addSecrets(JsonNode json, Set<String> names) {
        if (json.path("type").asString("").equals("AzureKeyVaultSecret")) {
            String secret = json.path("secretName").asString("");
            LinkedService vault = workspace.linkedServices().get(json.path("store").path("referenceName").asString(""));
            if (!secret.isEmpty() && !secret.contains("@") && vault != null) {
                names.add(Secrets.vaultName(new ResolvedLinkedService(vault.name(), vault.type(), vault.typeProperties(), Place.UNKNOWN))
                    + "/" + secret);
            }
        }
        json.forEach(child -> addSecrets(child, names));
    }

    private void activities() {
        Map<String, Integer> byType = new TreeMap<>();
        workspace.pipelines().values().forEach(pipeline -> count(pipeline.activities(), byType));
        if (!byType.isEmpty()) {
            line("");
            line("# Activities that run elsewhere and need a stand-in, by type or by pipeline/activity: a command that gets the");
            line("# properties as JSON and prints the output, a fixed output, or a failure (fail: MESSAGE).");
            line("# activities:");
            byType.forEach((type, count) -> {
                key(type, count + (count == 1 ? " activity" : " activities"));
                line("#     output: {}");
            });
        }
    }

    private static void count(List<ActivityDefinition> activities, Map<String, Integer> byType) {
        for (ActivityDefinition activity : activities) {
            activity.branches().values().forEach(inner -> count(inner, byType));
            if (LocalForms.needsStandIn(activity.type())) {
                byType.merge(activity.type(), 1, Integer::sum);
            }
        }
    }

    private void parameters() {
        if (!workspace.globalParameters().isEmpty()) {
            line("");
            line("# Global parameters, for other values on this machine:");
            line("# parameters:");
            workspace.globalParameters().forEach((name, value) -> line("#   " + quoted(name) + ": " + value));
        }
    }
}
