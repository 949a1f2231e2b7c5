package io.lazuli.datafactory.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.configuration.LinkedServiceSettings.Jdbc;
import io.lazuli.datafactory.configuration.LinkedServiceSettings.Mode;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ConfigurationFileTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    @Test
    void everythingIsLocalWithAzuresLimitsByDefault() {
        LazuliConfiguration standard = ConfigurationFile.load(folder);

        assertThat(standard).isEqualTo(new LazuliConfiguration(
            new FactorySettings(null, "00000000-0000-0000-0000-000000000000", "local"), Map.of(), Map.of(), Map.of(), Map.of(),
            new LimitSettings(new Limit(5000), new Limit(4194304), new Limit(100000), new Limit(50), new Limit(120), new Limit(50)),
            new EngineSettings(null, null, null), AccessSettings.STANDARD, Map.of(), Map.of()));
    }

    /** The page shows every key. */
    @Test
    void readsEveryKeyOfTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("../docs/configuration.md"));
        String yaml = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("\n```\n", page.indexOf("```yaml")));

        assertThat(read(yaml)).isEqualTo(new LazuliConfiguration(
            new FactorySettings("contoso-factory", "11111111-2222-3333-4444-555555555555", "contoso"),
            Map.of("contosolake",
                new StorageSettings(folder.resolve("data/lake"), Map.of("landing", folder.resolve("data/landing")), true, false, 14, true,
                    JSON.readTree("\"lifecycle.json\""), Map.of("finance", true)),
                "contosoarchive", new StorageSettings(null, Map.of(), false, true, 0, false, null, Map.of())),
            Map.of("contoso.database.windows.net/sales",
                new DatabaseSettings(List.of(folder.resolve("sql/schema.sql"), folder.resolve("sql/reference-data.sql")))),
            linkedServices(),
            Map.of("DatabricksNotebook", new ActivityStandIn("./notebooks/run.sh", null, null),
                "load_sales/Score", new ActivityStandIn(null, JSON.readTree("{\"runOutput\": \"0.87\"}"), null),
                "AzureMLExecutePipeline", new ActivityStandIn(null, null, "There is no machine learning workspace here")),
            new LimitSettings(new Limit(5000), new Limit(4194304), new Limit(100000), new Limit(50), new Limit(120), Limit.NONE),
            new EngineSettings("4GB", 2, Path.of("/tmp/lazuli")),
            new AccessSettings("analyst", List.of(
                new AccessRule("contoso.database.windows.net/sales/dbo.customers", null, "region == 'EU'", Map.of("email", "email()"),
                    List.of("auditor")),
                new AccessRule(null, "contosolake/landing/customers", null, Map.of("phone", "partial(0, \"xxx\", 4)"), List.of())),
                "99999999-8888-7777-6666-555555555555",
                Map.of("ada@contoso.com", new PrincipalSettings.User("11111111-aaaa-4000-8000-000000000001", List.of("engineers"))),
                Map.of("engineers", new PrincipalSettings.Group("11111111-aaaa-4000-8000-000000000002")),
                Map.of("loader", new PrincipalSettings.ServicePrincipal("11111111-aaaa-4000-8000-000000000003",
                    "11111111-aaaa-4000-8000-000000000004", new Secret("hidden$1"), List.of())),
                List.of(new RoleSettings("Storage Blob Data Contributor", List.of("loader", "engineers"), "contosolake/landing"),
                    new RoleSettings("Storage Blob Data Reader", List.of("ada@contoso.com"), null))),
            Map.of("contoso-vault/storage-key", "STORAGE_KEY"),
            Map.of("Environment", JSON.readTree("\"local\""), "BatchSize", JSON.readTree("10"))));
    }

    private Map<String, LinkedServiceSettings> linkedServices() {
        return Map.of(
            "ArchiveLake", new LinkedServiceSettings(Mode.LOCAL, folder.resolve("data/archive"), null, null, null, null, null, null, null),
            "EncryptedDatabase",
            new LinkedServiceSettings(Mode.LOCAL, null, null, "contoso.database.windows.net", "sales", null, null, null, null),
            "EncryptedStorage", new LinkedServiceSettings(Mode.LOCAL, null, "contosolake", null, null, null, null, null, null),
            "Warehouse", new LinkedServiceSettings(Mode.REAL, null, null, null, null, null, new Jdbc(
                "jdbc:sqlserver://db.contoso.com;databaseName=dw", "loader", new Secret("hidden$1"), Map.of("encrypt", "true")),
                null, null),
            "PublicApi", new LinkedServiceSettings(Mode.REAL, null, null, null, null, "http://localhost:8080", null, null, null),
            "Salesforce",
            new LinkedServiceSettings(Mode.STAND_IN, null, null, null, null, null, null, folder.resolve("data/accounts.csv"), null),
            "Sap", new LinkedServiceSettings(Mode.STAND_IN, null, null, null, null, null, null, null,
                JSON.readTree("[{\"id\": 1, \"name\": \"Ada\"}]")));
    }

    @Test
    void keepsVersionsOnlyWhereNamesAreFlat() {
        assertThatThrownBy(() -> read("storage:\n  lake:\n    versions: true\n"))
            .hasMessage("'lake': 'versions: true' asks for 'hierarchical: false'");
    }

    @Test
    void suggestsTheNearestKeyWithItsLine() {
        assertFails("storage:\n  lake:\n    directry: x\n", "There is no key 'directry' here; did you mean 'directory'?", "3:5");
    }

    @Test
    void listsTheKeysWhenNoneIsNear() {
        assertFails("engine:\n  zzzzzz: 1\n",
            "There is no key 'zzzzzz' here; the keys are memory-limit, temporary-directory, threads", "2:3");
    }

    @Test
    void refusesValuesOfTheWrongKind() {
        assertFails("engine:\n  threads: many\n", "A number is expected for 'engine.threads'", "2:3");
        assertFails("storage:\n  lake:\n    hierarchical: maybe\n", "'true' or 'false' is expected for 'storage.lake.hierarchical'", "3:5");
        assertFails("storage:\n  lake:\n    versions: maybe\n", "'true' or 'false' is expected for 'storage.lake.versions'", "3:5");
        assertFails("storage:\n  lake:\n    container-retention-days: x\n",
            "A number is expected for 'storage.lake.container-retention-days'", "3:5");
        assertFails("storage: lake\n", "A mapping of keys is expected for 'storage'", "1:1");
        assertFails("limits:\n  lookup-rows: -1\n", "A limit is a whole number above 0 or 'none', not '-1'", "2:3");
        assertFails("linked-services:\n  a:\n    mode: reel\n", "A mode is 'local', 'real' or 'stand-in', not 'reel'", "3:5");
    }

    @Test
    void refusesDuplicateKeys() {
        assertFails("engine:\n  threads: 1\n  threads: 2\n", "The key 'threads' is here twice", "3:10");
    }

    @Test
    void refusesNamesThatAreTheSameWhenCaseIsIgnored() {
        assertRefused("storage:\n  lake: {}\n  Lake: {}\n", "'Lake': 'lake' is the same name, whose case is ignored", "$.storage.Lake");
        assertRefused("parameters:\n  Day: 1\n  day: 2\n", "'day': 'Day' is the same name, whose case is ignored", "$.parameters.day");
    }

    @Test
    void refusesAccountsAndContainersThatAzureCannotHave() {
        assertRefused("storage:\n  my_lake: {}\n",
            "'my_lake': 'my_lake' is not a storage account name: 3 to 24 lower-case letters and digits", "$.storage.my_lake");
        assertThatThrownBy(() -> read("storage:\n  lake: {containers: {Raw: x}}\n"))
            .hasMessageStartingWith("'lake': 'Raw' is not a container name: 3 to 63 lower-case letters");
        assertThatThrownBy(() -> read("linked-services:\n  A: {account: my-lake}\n"))
            .hasMessageStartingWith("'A': 'my-lake' is not a storage account name");
    }

    @Test
    void refusesAFileWhereTheFolderOfAnAccountShouldBe() throws IOException {
        Path file = Files.writeString(folder.resolve("data.csv"), "id\n");
        assertRefused("storage:\n  lake: {directory: data.csv}\n", "'lake': '" + file + "' is a file, not a folder", "$.storage.lake");
    }

    @Test
    void saysWhatIsNoYamlAndWhatIsNoText() throws IOException {
        assertFails("storage:\n\tlake:\n", "while scanning for the next token, found character '\\t(TAB)' that cannot start any token. "
            + "(Do not use \\t(TAB) for indentation)", "2:1");
        Path file = Files.write(folder.resolve("lazuli.yaml"), new byte[] {'a', (byte) 0xFF});
        assertThatThrownBy(() -> new ConfigurationFile(file, name -> null).read()).hasMessage("This is not UTF-8 text");
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(() -> ConfigurationFile.load(folder)).hasMessage("The file cannot be read: Is a directory");
    }

    @Test
    void refusesAStandInWithoutAnAnswer() {
        assertThatThrownBy(() -> read("linked-services:\n  Sap:\n    mode: stand-in\n"))
            .hasMessage("'Sap': 'mode: stand-in' asks for a 'file' or an 'answer'");
        assertThatThrownBy(() -> read("activities:\n  Custom: {command: x, fail: y}\n"))
            .hasMessage("'Custom': exactly one of 'command', 'output' and 'fail' is expected");
    }

    @Test
    void refusesRolesAndPrincipalsThatAreNotThere() {
        assertThatThrownBy(() -> read("access:\n  roles:\n    - {role: Storage Blob Data Reeder, to: [ada]}\n"))
            .hasMessage("There is no role 'Storage Blob Data Reeder'; did you mean 'Storage Blob Data Reader'?");
        assertThatThrownBy(() -> read("access:\n  users: {ada: }\n  roles:\n    - {role: Reader, to: [adda]}\n"))
            .hasMessage("There is no user, group or service principal 'adda'; did you mean 'ada'?");
        assertThatThrownBy(() -> read("access: {users: {ada: {groups: [staff]}}}")).hasMessage("There is no group 'staff'");
        assertThatThrownBy(() -> read("access: {groups: {a: {object-id: one}}}"))
            .hasMessage("'one' is no id; expected a GUID such as 11111111-2222-3333-4444-555555555555");
        assertThatThrownBy(() -> read("access: {groups: {a: }, roles: [{role: Reader, to: [a], scope: /subscriptions/1}]}"))
            .hasMessage("'/subscriptions/1' is no scope; expected account or account/container");
        assertFails("access:\n  user: {}\n", "There is no key 'user' here; did you mean 'users'?", "2:3");
    }

    @Test
    void refusesASecretWhoseVariableIsNotSet() {
        assertThatThrownBy(() -> read("linked-services: {a: {mode: real, jdbc: {url: x, password: '${NOT_SET}'}}}"))
            .hasMessage("The environment variable 'NOT_SET' is not set");
    }

    @Test
    void neverPrintsASecret() throws IOException {
        assertThat(read("linked-services: {a: {mode: real, jdbc: {url: x, password: geheim}}}").toString())
            .contains("password=***").doesNotContain("geheim");
    }

    @Test
    void anEmptyFileIsTheStandardConfiguration() throws IOException {
        assertThat(read("# nothing\n")).isEqualTo(LazuliConfiguration.STANDARD);
    }

    private void assertFails(String yaml, String message, String position) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOfSatisfying(LazuliException.class,
            failure -> assertThat(failure.place().position()).as(failure.getMessage()).contains(position)).hasMessage(message);
    }

    private void assertRefused(String yaml, String message, String path) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOfSatisfying(LazuliException.class,
            failure -> assertThat(failure.place()).hasToString(folder.resolve("lazuli.yaml") + " " + path)).hasMessage(message);
    }

    private LazuliConfiguration read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("lazuli.yaml"), yaml);
        return new ConfigurationFile(file, Map.of("WAREHOUSE_PASSWORD", "hidden$1", "LOADER_SECRET", "hidden$1")::get).read();
    }
}
