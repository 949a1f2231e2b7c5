package io.lazuli.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.cli.Lazuli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter error = new StringWriter();
    private final StringWriter out = new StringWriter();

    private int lazuli(String... arguments) {
        out.getBuffer().setLength(0);
        error.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--workspace", folder.toString()));
        return Lazuli.commandLine(new PrintWriter(out), new PrintWriter(error)).execute(all.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        lazuli("down");
    }

    @Test
    void servesUntilItIsStopped() throws Exception {
        assertThat(lazuli("up", "--detach", "--port", "0", "--account", "contoso")).as("%s", error).isZero();
        assertThat(out.toString()).contains("AccountName=contoso;", "AccountName=devstoreaccount1;");
        assertThat(lazuli("status")).isZero();
        Matcher url = Pattern.compile("http://127\\.0\\.0\\.1:\\d+").matcher(out.toString());
        assertThat(url.find()).isTrue();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI health = URI.create(url.group() + "/lazuli/health");
            assertThat(client.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString()).body()).isEqualTo("ready\n");
            URI unsigned = URI.create(url.group() + "/contoso?comp=list");
            assertThat(client.send(HttpRequest.newBuilder(unsigned).build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
        }
        assertThat(lazuli("env")).isZero();
        assertThat(out.toString()).contains("export AZURE_STORAGE_ACCOUNT='contoso'", "BlobEndpoint=" + url.group() + "/contoso;");
        assertThat(out.toString()).contains("export IDENTITY_ENDPOINT='" + url.group() + "/lazuli/identity/token'",
            "export LAZULI_STORAGE_ENDPOINT='" + url.group().replace("http:", "https:") + "/contoso'", "/tls/ca.pem'");
        assertThat(lazuli("env", "--credential", "secret")).isZero();
        assertThat(out.toString()).contains("AZURE_CLIENT_SECRET='", "AZURE_AUTHORITY_HOST='https://").doesNotContain("IDENTITY_HEADER");
        assertThat(lazuli("env", "--output", "hadoop")).isZero();
        assertThat(out.toString()).contains("<name>fs.azure.abfs.endpoint</name><value>" + url.group().substring("http://".length()),
            "<name>fs.azure.always.use.https</name><value>false</value>", "fs.azure.account.key.contoso.dfs.core.windows.net");
        assertThat(lazuli("env", "--output", "hadoop", "--as", "lazuli")).isEqualTo(3);
        assertThat(error.toString()).contains("INVALID_ARGUMENT", "--as lazuli needs --credential secret or machine");
        assertThat(lazuli("env", "--output", "hadoop", "--credential", "managed")).isEqualTo(3);
        assertThat(error.toString()).contains("INVALID_ARGUMENT", "by --credential secret or machine, not by managed");
        assertThat(lazuli("up", "--port", "0")).isEqualTo(3);
        assertThat(error.toString()).contains("IN_USE", "already serves this data directory");
        assertThat(lazuli("down")).isZero();
        assertThat(lazuli("status")).isEqualTo(3);
        assertThat(error.toString()).contains("Nothing is served");
        assertThat(lazuli("logs", "storage")).isZero();
        assertThat(out.toString()).contains("401  ListContainers", "Anonymous", "/contoso  NoAuthenticationInformation");
    }

    @Test
    void saysWhatMayBeWrittenOnTheCommandLine() {
        assertThat(lazuli("up", "--durability", "foo")).isEqualTo(2);
        assertThat(error.toString()).startsWith("'foo' is no value of --durability; expected process, power-loss" + System.lineSeparator());
        assertThat(lazuli("env", "--credential", "secrets")).isEqualTo(2);
        assertThat(error.toString()).startsWith("'secrets' is no value of --credential; did you mean 'secret'?" + System.lineSeparator());
        assertThat(lazuli("up", "--prot", "1")).isEqualTo(2);
        assertThat(error.toString()).startsWith("There is no option '--prot'; did you mean '--port'?" + System.lineSeparator());
    }

    @Test
    void refusesWhatCannotBeAnAccountOrADataDirectoryBeforeItServes() throws IOException {
        assertThat(lazuli("up", "--port", "0", "--account", "Foo")).isEqualTo(3);
        assertThat(error.toString()).startsWith("INVALID_NAME: 'Foo' is not a storage account name");
        assertThat(out.toString()).isEmpty();
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThat(lazuli("up", "--port", "0", "--data-dir", file.toString())).isEqualTo(3);
        assertThat(error.toString()).isEqualToIgnoringNewLines("IO_ERROR at " + file
            + ": The data directory is a file; expected a folder, or nothing yet");
    }

    private void linkedService(String name, String type, String properties) throws IOException {
        Path file = folder.resolve("linkedService").resolve(name + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, ("{'name': '" + name + "', 'properties': {'type': '" + type + "', 'parameters': {'account': {'type': "
            + "'string', 'defaultValue': 'hidden'}}, 'typeProperties': {" + properties + "}}}").replace('\'', '"'));
    }

    @Test
    void servesAccountsThatLinkedServicesName() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("pipeline")).resolve("wait.json"),
            "{\"name\": \"wait\", \"properties\": {\"activities\": []}}");
        linkedService("lake", "AzureBlobFS", "'url': 'https://contosolake.dfs.core.windows.net'");
        linkedService("by-parameter", "AzureBlobFS", "'url': 'https://@{linkedService().account}.dfs.core.windows.net'");
        linkedService("malformed", "AzureBlobFS", "'url': 'https://no_account.dfs.core.windows.net'");
        linkedService("server", "SqlServer", "'connectionString': 'Server=contososql;Database=a'");
        linkedService("emulated", "AzureBlobStorage", "'connectionString': 'UseDevelopmentStorage=true'");
        assertThat(lazuli("up", "--detach", "--port", "0")).as("%s", error).isZero();
        assertThat(Pattern.compile("AccountName=([^;]*)").matcher(out.toString()).results().map(found -> found.group(1)))
            .containsExactly("contosolake", "devstoreaccount1");
        assertThat(lazuli("env")).isZero();
        assertThat(out.toString()).contains("export AZURE_STORAGE_ACCOUNT='contosolake'");
        assertThat(lazuli("down")).isZero();
        linkedService("archive", "AzureBlobStorage", "'connectionString': 'DefaultEndpointsProtocol=https;AccountName=contosoold'");
        Files.writeString(folder.resolve("lazuli.yaml"), "linked-services:\n  lake:\n    directory: elsewhere\n");
        assertThat(lazuli("up", "--detach", "--port", "0", "--no-triggers")).as("%s", error).isZero();
        assertThat(out.toString()).contains("AccountName=contosoold;");
    }

    @Test
    void printsTokensAndWhatWasRefused() throws Exception {
        assertThat(lazuli("up", "--detach", "--port", "0", "--account", "contoso")).as("%s", error).isZero();
        Matcher url = Pattern.compile("http://127\\.0\\.0\\.1:\\d+").matcher(out.toString());
        assertThat(url.find()).isTrue();
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(HttpRequest.newBuilder(URI.create(url.group() + "/contoso/raw/a.txt")).build(), BodyHandlers.ofString());
        }
        assertThat(lazuli("audit")).isZero();
        assertThat(out.toString()).contains("Anonymous", "GetBlob", "/contoso/raw/a.txt", "denied: NoAuthenticationInformation");
        assertThat(lazuli("token")).isZero();
        assertThat(out.toString().strip()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
        assertThat(lazuli("token", "--as", "lazulli")).isEqualTo(3);
        assertThat(error.toString()).contains("There is no user or service principal 'lazulli'", "did you mean 'lazuli'?");
    }

    private long served() {
        assertThat(lazuli("up", "--detach", "--port", "0")).as("%s", error).isZero();
        assertThat(lazuli("status", "--output", "json")).isZero();
        return Long.parseLong(out.toString().replaceFirst("(?s).*\"pid\" : (\\d+).*", "$1"));
    }

    @Test
    void killsAServiceThatHangsWhenItIsTold() throws Exception {
        long process = served();
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(process)).start().waitFor()).isZero();
        assertThat(lazuli("down", "--timeout", "1")).isEqualTo(3);
        assertThat(error.toString()).contains("TIMEOUT", "Process " + process + " has not ended within 1 s", "--force");
        assertThat(lazuli("status")).isZero();
        assertThat(lazuli("down", "--timeout", "1", "--force")).isZero();
        assertThat(out.toString()).contains("Killed process " + process);
        assertThat(lazuli("status")).isEqualTo(3);
    }

    @Test
    void aKilledServiceIsNotTakenForARunningOne() throws Exception {
        long process = served();
        ProcessHandle handle = ProcessHandle.of(process).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().join();
        assertThat(lazuli("status")).isEqualTo(3);
        assertThat(error.toString()).contains("Nothing is served");
        assertThat(lazuli("down")).isEqualTo(3);
        assertThat(lazuli("env")).isEqualTo(3);
        assertThat(served()).isNotEqualTo(process);
        assertThat(lazuli("down")).isZero();
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(lazuli("up", "--port", Integer.toString(other.getLocalPort()))).isEqualTo(3);
            assertThat(error.toString()).contains("IN_USE", "Cannot listen on 127.0.0.1:" + other.getLocalPort(), "another program");
            if (Files.exists(Path.of("/proc/net/tcp"))) {
                assertThat(error.toString()).contains("process " + ProcessHandle.current().pid());
            }
        }
    }

    /** In this process and in one of its own, which says the same. */
    private void assertDoesNotStart(String reason, String... options) {
        String said = reason;
        for (String where : List.of("--no-triggers", "--detach")) {
            List<String> arguments = new ArrayList<>(List.of("up", where));
            arguments.addAll(List.of(options));
            assertThat(lazuli(arguments.toArray(String[]::new))).as("%s", out).isEqualTo(3);
            assertThat(error.toString()).contains(said);
            said = error.toString();
            assertThat(folder.resolve(".lazuli/server.json")).doesNotExist();
            assertThat(lazuli("status")).isEqualTo(3);
        }
    }

    @Test
    void aStartThatFailsIsNotInTheWayOfTheNext() throws IOException {
        Path settings = folder.resolve("lazuli.yaml");
        Files.writeString(settings, "acounts: {}\n");
        assertDoesNotStart("lazuli.yaml", "--port", "0");
        Files.delete(settings);
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertDoesNotStart("Cannot listen on", "--port", Integer.toString(other.getLocalPort()));
        }
        Path metadata = folder.resolve(".lazuli/storage.metadata");
        Files.writeString(metadata, "damaged".repeat(2000));
        assertDoesNotStart("Cannot open the lake's metadata", "--port", "0");
        Files.delete(metadata);
        Path data = folder.resolve(".lazuli");
        Files.move(data, folder.resolve("moved"));
        Files.writeString(data, "no folder");
        assertThat(lazuli("up", "--port", "0")).isEqualTo(3);
        assertThat(error.toString()).contains("IO_ERROR");
        Files.delete(data);
        Files.move(folder.resolve("moved"), data);
        served();
    }

    @Test
    void namesTheKeyStoreThatIsMissingOrNone() throws IOException {
        Path keys = folder.resolve("keys.p12");
        assertThat(lazuli("up", "--port", "0", "--tls-keystore", keys.toString())).isEqualTo(3);
        assertThat(error.toString()).startsWith("NOT_FOUND at " + keys + ": There is no key store '" + keys + "'");
        Files.writeString(keys, "no key store");
        assertThat(lazuli("up", "--port", "0", "--tls-keystore", keys.toString())).isEqualTo(3);
        assertThat(error.toString()).startsWith("INVALID_ARGUMENT at " + keys + ": Cannot read the key store: ");
    }

    @Test
    void makesNoWorkspaceOfAFolderThatIsNotThere() throws IOException {
        Path misspelt = folder.resolve("misspelt");
        for (String command : List.of("up --port 0", "env", "token", "lake ls", "runs")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            words.addAll(List.of("--workspace", misspelt.toString()));
            StringWriter refused = new StringWriter();
            assertThat(Lazuli.commandLine(new PrintWriter(out), new PrintWriter(refused)).execute(words.toArray(String[]::new)))
                .as(command).isEqualTo(3);
            assertThat(refused.toString()).as(command).isEqualToIgnoringNewLines(
                "NOT_FOUND at " + misspelt + ": There is no folder '" + misspelt + "'");
        }
        assertThat(misspelt).doesNotExist();
    }

    @Test
    void keepsPlainHttpOnThisMachine() {
        assertThat(lazuli("up", "--host", "0.0.0.0")).isEqualTo(3);
        assertThat(error.toString()).contains("NOT_SUPPORTED", "--tls-keystore");
    }
}
