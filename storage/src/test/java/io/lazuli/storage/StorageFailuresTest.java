package io.lazuli.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

class StorageFailuresTest {
    @Test
    void tellsWhatTheFileSystemSaidInCodesAlsoWhenItIsUnchecked() {
        Throwable denied = StorageFailures.coded(new UncheckedIOException(new AccessDeniedException("/lake/a")));
        assertThat(denied).hasMessage("Cannot use /lake/a: permission denied");
        assertThat(((LazuliException) denied).code()).isEqualTo(CommonError.FORBIDDEN);
        Throwable full = StorageFailures.coded(new IOException("No space left on device"));
        assertThat(((LazuliException) full).code()).isEqualTo(CommonError.DISK_FULL);
        Throwable other = new IllegalStateException("a defect");
        assertThat(StorageFailures.coded(other)).isSameAs(other);
    }
}
