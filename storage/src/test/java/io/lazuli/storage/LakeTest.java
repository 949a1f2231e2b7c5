package io.lazuli.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeTest {
    @TempDir
    private Path folder;
    private Lake lake;
    private FileTree tree;

    @BeforeEach
    void open() {
        lake = new Lake(folder.resolve("lake"), Map.of());
        tree = lake.container("contoso", "raw");
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private void write(String path, String content) throws IOException {
        try (FileCommit commit = tree.begin()) {
            Files.writeString(commit.stage(path), content);
            commit.commit();
        }
    }

    private static ThrowingCodes assertCode(ThrowingCallable call) {
        return new ThrowingCodes(call);
    }

    private record ThrowingCodes(ThrowingCallable call) {
        void is(Object code) {
            assertThatThrownBy(call).isInstanceOfSatisfying(LazuliException.class, failure -> assertThat(failure.code()).isEqualTo(code));
        }
    }

    @Test
    void createsNothingBeforeTheFirstWrite() {
        assertThat(tree.status("")).isEmpty();
        assertThat(folder.resolve("lake")).doesNotExist();
        assertThat(lake.accounts()).isEmpty();
    }

    @Test
    void showsAFileOnlyWhenItsCommitIsDone() throws IOException {
        try (FileCommit commit = tree.begin()) {
            Files.writeString(commit.stage("a/b.csv"), "x");
            assertThat(tree.status("a/b.csv")).isEmpty();
            commit.commit();
        }
        assertThat(Files.readString(folder.resolve("lake/contoso/raw/a/b.csv"))).isEqualTo("x");
        assertThat(lake.accounts()).containsExactly("contoso");
        assertThat(lake.containers("contoso")).containsExactly("raw");
    }

    @Test
    void leavesNoTraceOfWhatWasNotCommitted() throws IOException {
        try (FileCommit commit = tree.begin()) {
            Files.writeString(commit.stage("a.csv"), "x");
        }
        lake.close();
        assertThat(folder.resolve("lake/contoso")).doesNotExist();
        assertThat(folder.resolve("lake/.staging")).doesNotExist();
    }

    @Test
    void takesFilesBackWhenAnotherOfTheCommitFails() throws IOException {
        write("old.csv", "before");
        try (FileCommit commit = tree.begin()) {
            Files.writeString(commit.stage("old.csv"), "after");
            Files.writeString(commit.stage("new.csv"), "after");
            Files.writeString(commit.stage("b/c.csv"), "after");
            Files.createDirectories(folder.resolve("lake/contoso/raw/b"));
            Files.createDirectories(folder.resolve("lake/contoso/raw/b/c.csv/in-the-way"));
            assertCode(commit::commit).is(StorageError.PATH_CONFLICT);
        }
        assertThat(Files.readString(folder.resolve("lake/contoso/raw/old.csv"))).isEqualTo("before");
        assertThat(tree.status("new.csv")).isEmpty();
    }

    @Test
    void removesWhatAKilledProcessHadStaged() throws IOException {
        Path staging = folder.resolve("lake/.staging");
        Files.createDirectories(staging.resolve("dead/1"));
        Files.writeString(staging.resolve("dead/1/half.csv"), "x");
        Files.writeString(staging.resolve("dead.lock"), "");
        write("a.csv", "x");
        assertThat(staging.resolve("dead")).doesNotExist();
        assertThat(staging.resolve("dead.lock")).doesNotExist();
    }

    @Test
    void keepsWhatALivingWriterStages() throws IOException {
        try (FileCommit commit = tree.begin(); Lake other = new Lake(folder.resolve("lake"), Map.of())) {
            Path staged = Files.writeString(commit.stage("a.csv"), "x");
            try (FileCommit later = other.container("contoso", "raw").begin()) {
                Files.writeString(later.stage("b.csv"), "y");
                later.commit();
            }
            assertThat(staged).exists();
            commit.commit();
        }
        assertThat(tree.list("")).extracting(FileStatus::name).containsExactly("a.csv", "b.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "a/./b", "..\\x", "a\0b", ".lazuli-staging/x", ".lazuli"})
    void refusesPathsThatAreNone(String path) {
        assertCode(() -> tree.resolve(path)).is(StorageError.INVALID_NAME);
    }

    @Test
    void takesEncodedDotsAndAbsolutePathsAsNamesInside() {
        assertThat(tree.resolve("..%2f..%2fetc")).isEqualTo(tree.root().resolve("..%2f..%2fetc"));
        assertThat(tree.resolve("/etc/passwd")).isEqualTo(tree.root().resolve("etc/passwd"));
        assertThat(tree.resolve("a//b\\c/")).isEqualTo(tree.root().resolve("a/b/c"));
    }

    @Test
    void refusesNamesThatAreTooLong() {
        assertCode(() -> tree.resolve("ä".repeat(128))).is(StorageError.INVALID_NAME);
        assertCode(() -> tree.resolve("a/".repeat(255) + "a")).is(StorageError.INVALID_NAME);
        assertCode(() -> tree.resolve("abcdefghi/".repeat(103))).is(StorageError.INVALID_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "Contoso", "con-toso", "a23456789012345678901234x", "../up"})
    void refusesAccountsThatAzureRefuses(String account) {
        assertCode(() -> lake.container(account, "raw")).is(StorageError.INVALID_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "Raw", "-raw", "raw-", "r--w", "raw_1", "..", "$other"})
    void refusesContainersThatAzureRefuses(String container) {
        assertCode(() -> lake.container("contoso", container)).is(StorageError.INVALID_NAME);
    }

    @Test
    void refusesLinksThatLeadOutAndFollowsOthers() throws IOException {
        write("in/a.csv", "x");
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createSymbolicLink(tree.root().resolve("out"), outside);
        assertCode(() -> tree.resolve("out/a.csv")).is(CommonError.FORBIDDEN);
        assertCode(() -> tree.list("")).is(CommonError.FORBIDDEN);
        Files.delete(tree.root().resolve("out"));
        Files.createSymbolicLink(tree.root().resolve("again"), tree.root().resolve("in"));
        Files.createSymbolicLink(tree.root().resolve("in/loop"), tree.root());
        List<String> files = new ArrayList<>();
        tree.forEachFile("", true, file -> files.add(file.path()));
        assertThat(files).containsExactly("again/a.csv", "in/a.csv");
    }

    @Test
    void namesTheFolderThatCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        try (Lake broken = new Lake(file, Map.of())) {
            assertThatThrownBy(() -> broken.container("contoso", "raw").createFolder(""))
                .hasMessage("Cannot make the folder " + file.resolve("contoso/raw") + ": Not a directory");
        }
    }

    @Test
    void takesLinksToNothingForNothingAndLeavesThemWhereTheyAre() throws IOException {
        write("in/a.csv", "x");
        Files.createSymbolicLink(tree.root().resolve("in/dangling"), tree.root().resolve("nowhere"));
        Files.createSymbolicLink(tree.root().resolve("in/circle"), tree.root().resolve("in/circle"));
        Files.createSymbolicLink(tree.root().resolve("in/through"), tree.root().resolve("in/a.csv/b"));
        assertThat(tree.list("in")).extracting(FileStatus::path).containsExactly("in/a.csv");
        assertThat(tree.entries("in")).extracting(FileStatus::path).containsExactly("in/a.csv");
        for (String link : List.of("in/dangling", "in/circle", "in/through")) {
            assertThat(tree.status(link)).isEmpty();
            assertThat(tree.status(link + "/b")).isEmpty();
            assertThat(tree.names(link)).isEmpty();
            assertThat(tree.entries(link)).isEmpty();
            assertCode(() -> tree.list(link)).is(CommonError.NOT_FOUND);
            assertCode(() -> write(link, "y")).is(StorageError.PATH_CONFLICT);
            assertThat(tree.root().resolve(link)).isSymbolicLink();
        }
    }

    @Test
    void hasNeitherPipesAndSocketsNorNamesThatNoPathLeadsTo() throws IOException {
        write("in/a.csv", "x");
        Files.writeString(tree.resolve("in").resolve("back\\slash.csv"), "x");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(tree.resolve("in/socket")));
            Files.createSymbolicLink(tree.resolve("in/link"), tree.resolve("in/socket"));
            assertThat(tree.status("in/socket")).isEmpty();
            assertThat(tree.status("in/link")).isEmpty();
            assertThat(tree.list("in")).extracting(FileStatus::path).containsExactly("in/a.csv");
            assertThat(tree.entries("in")).extracting(FileStatus::path).containsExactly("in/a.csv");
            assertThat(tree.names("in").stream().map(tree.children("in")).flatMap(Optional::stream)).extracting(FileStatus::path)
                .containsExactly("in/a.csv");
        }
    }

    @Test
    void tellsSizeKindAndContentOfAFile() throws IOException {
        write("a.csv", "hello");
        FileStatus file = tree.status("a.csv").orElseThrow();
        assertThat(file.size()).isEqualTo(5);
        assertThat(file.folder()).isFalse();
        assertThat(Base64.getEncoder().encodeToString(tree.md5("a.csv"))).isEqualTo("XUFAKrxLKna5cZ2REBfFkg==");
        assertThat(tree.status("a.csv/b")).isEmpty();
        assertThat(tree.status("A.csv")).isEmpty();
    }

    @Test
    void renamesFoldersAndDeletesTrees() throws IOException {
        write("a/b/1.csv", "x");
        tree.rename("a", "c/d");
        assertThat(tree.status("c/d/b/1.csv")).isPresent();
        write("e/2.csv", "x");
        assertCode(() -> tree.rename("c/d", "e")).is(CommonError.ALREADY_EXISTS);
        assertCode(() -> tree.rename("nothing", "f")).is(CommonError.NOT_FOUND);
        assertThat(tree.delete("c")).isTrue();
        assertThat(tree.delete("c")).isFalse();
    }

    @Test
    void refusesAFileWhereAFolderIsAndTheOtherWayRound() throws IOException {
        write("a/1.csv", "x");
        assertCode(() -> write("a", "x")).is(StorageError.PATH_CONFLICT);
        assertCode(() -> write("a/1.csv/b", "x")).is(StorageError.PATH_CONFLICT);
        assertCode(() -> tree.list("a/1.csv")).is(StorageError.PATH_CONFLICT);
        assertCode(() -> tree.list("nothing")).is(CommonError.NOT_FOUND);
    }

    @Test
    void mapsAccountsAndContainersToDirectories() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        try (Lake mapped = new Lake(folder.resolve("lake"), Map.of("contoso", elsewhere, "contoso/other", folder.resolve("third")))) {
            tree = mapped.container("contoso", "raw");
            write("a.csv", "x");
            tree = mapped.container("contoso", "other");
            write("b.csv", "x");
            assertThat(tree.list("")).extracting(FileStatus::name).containsExactly("b.csv");
            assertThat(mapped.containers("contoso")).containsExactly("other", "raw");
        }
        assertThat(elsewhere.resolve("raw/a.csv")).exists();
        assertThat(folder.resolve("third/b.csv")).exists();
        assertThat(folder.resolve("third/.lazuli-staging")).doesNotExist();
    }

    @Test
    void tellsAFullDisk() {
        assertThat(StorageFailures.of("Cannot write", new FileSystemException("x", null, "No space left on device")).code())
            .isEqualTo(CommonError.DISK_FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"contoso/raw/a b/ü.csv", "abfss://raw@contoso.dfs.core.windows.net/a b/ü.csv",
        "wasbs://raw@contoso.blob.core.windows.net/a b/ü.csv", "https://contoso.blob.core.windows.net/raw/a%20b/%C3%BC.csv?sv=1&sig=x",
        "https://contoso.dfs.core.windows.net/raw/a%20b/ü.csv"})
    void readsAddressesAsPeopleWriteThem(String text) {
        assertThat(LakeAddress.parse(text)).isEqualTo(new LakeAddress("contoso", "raw", "a b/ü.csv"));
    }

    @Test
    void refusesUrlsOfSomethingElse() {
        assertCode(() -> LakeAddress.parse("https://example.com/raw/a.csv")).is(StorageError.INVALID_NAME);
        assertCode(() -> LakeAddress.parse("https://contoso.blob.core.windows.net/raw/%2e%2e/%2e%2e/x")).is(StorageError.INVALID_NAME);
    }
}
