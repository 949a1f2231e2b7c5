package io.lazuli.governance.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditJournalTest {
    @TempDir
    private Path folder;

    private static AuditEvent event(String operation) {
        return new AuditEvent(Instant.parse("2026-05-01T12:00:00Z"), "oid-1", "ada@contoso.com", "OAuth", operation, "/lake/raw/a\nb",
            "denied", "AuthorizationPermissionMismatch", "127.0.0.1", "request-1");
    }

    @Test
    void keepsWhatItWasGiven() {
        try (AuditJournal journal = new AuditJournal(folder)) {
            journal.append(event("GET"));
            journal.append(event("PUT"));
            assertThat(journal.read()).containsExactly(event("GET"), event("PUT"));
        }
    }

    @Test
    void goesOnAfterALineThatWasCutOff() throws IOException {
        try (AuditJournal journal = new AuditJournal(folder)) {
            journal.append(event("GET"));
        }
        Files.writeString(folder.resolve("audit.jsonl"), "{\"time\":\"2026-", StandardOpenOption.APPEND);
        try (AuditJournal journal = new AuditJournal(folder)) {
            journal.append(event("PUT"));
            assertThat(journal.read()).containsExactly(event("GET"), event("PUT"));
        }
    }

    @Test
    void beginsAnotherFileWhenOneIsFullAndKeepsTheLatest() throws IOException {
        for (int i = 0; i < 10; i++) {
            try (AuditJournal journal = new AuditJournal(folder, 1, 3)) {
                journal.append(event("GET " + i));
            }
        }
        try (AuditJournal journal = new AuditJournal(folder, 1, 3)) {
            assertThat(journal.read()).containsExactly(event("GET 6"), event("GET 7"), event("GET 8"), event("GET 9"));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder("audit.jsonl", "audit-000007.jsonl", "audit-000008.jsonl", "audit-000009.jsonl");
        }
    }
}
