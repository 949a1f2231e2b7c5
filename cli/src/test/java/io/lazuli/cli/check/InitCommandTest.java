package io.lazuli.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.cli.Lazuli;
import io.lazuli.datafactory.configuration.ConfigurationFile;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.configuration.LinkedServiceSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    private static final Pattern COMMENTED_KEYS = Pattern.compile("(?m)^# (?=[a-z-]+:$|  )");
    @TempDir
    private Path folder;
    private final StringWriter error = new StringWriter();

    @BeforeEach
    void makeWorkspace() throws IOException {
        artifact("linkedService/lake", "AzureBlobFS", "{\"url\": \"https://contosolake.dfs.core.windows.net\"}");
        artifact("linkedService/sales", "AzureSqlDatabase", "{\"connectionString\": \"Server=tcp:contoso.database.windows.net,1433;"
            + "Database=sales\", \"password\": {\"type\": \"AzureKeyVaultSecret\", \"secretName\": \"sales-password\", "
            + "\"store\": {\"referenceName\": \"vault\", \"type\": \"LinkedServiceReference\"}}}");
        artifact("linkedService/vault", "AzureKeyVault", "{\"baseUrl\": \"https://contoso-vault.vault.azure.net/\"}");
        artifact("linkedService/sap 1", "SapTable", "{\"server\": \"s\"}");
        artifact("linkedService/api", "RestService", "{\"url\": \"https://api.contoso.com\"}");
        Files.createDirectories(folder.resolve("pipeline"));
        Files.writeString(folder.resolve("pipeline/p.json"), "{\"name\": \"p\", \"properties\": {\"activities\": ["
            + "{\"name\": \"N\", \"type\": \"DatabricksNotebook\", \"typeProperties\": {\"notebookPath\": \"/n\"}}]}}");
    }

    private void artifact(String path, String type, String properties) throws IOException {
        Path file = folder.resolve(path + ".json");
        Files.createDirectories(file.getParent());
        String name = file.getFileName().toString().replace(".json", "");
        Files.writeString(file, "{\"name\": \"" + name + "\", \"properties\": {\"type\": \"" + type + "\", "
            + "\"typeProperties\": " + properties + "}}");
    }

    private int init(String... options) {
        String[] all = new String[options.length + 3];
        all[0] = "init";
        all[1] = "--workspace";
        all[2] = folder.toString();
        System.arraycopy(options, 0, all, 3, options.length);
        return Lazuli.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(error, true)).execute(all);
    }

    private LazuliConfiguration configuration() {
        return new ConfigurationFile(folder.resolve("lazuli.yaml"), _ -> "").read();
    }

    @Test
    void tellsWhatIsWhereAndChangesNothing() throws IOException {
        assertThat(init()).isZero();
        assertThat(Files.readString(folder.resolve("lazuli.yaml"))).contains("AzureBlobFS: lake/contosolake",
            "AzureSqlDatabase: sql/contoso.database.windows.net/sales.duckdb", "lazuli secret set contoso-vault/NAME",
            "contoso-vault/sales-password: CONTOSO_VAULT_SALES_PASSWORD", "SapTable: no local form",
            "RestService: called at its own address", "DatabricksNotebook");
        assertThat(configuration()).isEqualTo(LazuliConfiguration.STANDARD);
    }

    @Test
    void whatItSuggestsIsRight() throws IOException {
        init();
        Path file = folder.resolve("lazuli.yaml");
        String active = COMMENTED_KEYS.matcher(Files.readString(file)).replaceAll("").replaceFirst("(?s)^.*?(?=linked-services:)", "");
        Files.writeString(file, active);
        LazuliConfiguration found = configuration();
        assertThat(found.linkedServices()).hasSize(5);
        assertThat(found.linkedService("sap 1").map(LinkedServiceSettings::mode)).contains(LinkedServiceSettings.Mode.STAND_IN);
        assertThat(found.secrets()).containsEntry("contoso-vault/sales-password", "CONTOSO_VAULT_SALES_PASSWORD");
        assertThat(found.activities()).containsKey("DatabricksNotebook");
    }

    @Test
    void keepsAFileThatIsThere() throws IOException {
        Path file = Files.writeString(folder.resolve("lazuli.yaml"), "engine: {threads: 1}\n");
        assertThat(init()).isEqualTo(3);
        assertThat(error.toString()).contains("is there already", "--force");
        assertThat(file).hasContent("engine: {threads: 1}\n");
        assertThat(init("--force")).isZero();
        assertThat(configuration()).isEqualTo(LazuliConfiguration.STANDARD);
    }
}
