package io.lazuli.datafactory.copy;

import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.copy.failure.CopyFailure;

/** Options that Azure refuses for copies of rows. */
final class CopyRules {
    private CopyRules() {
    }

    /** Store settings of a source of rows. */
    static void onlyBinary(Settings storeSettings) {
        if (storeSettings.flag("deleteFilesAfterCompletion", false)) {
            throw CopyFailure.of("DeleteFilesAfterCompletionNotSupportedForNonDirectBinaryCopy",
                "'deleteFilesAfterCompletion' is not support in current copy activity settings, "
                    + "it's only supported with direct binary copy.");
        }
    }

    /** {@code skipErrorFile} of a copy of rows. */
    static void skipErrorFile(Settings settings) {
        refuse(settings, "fileMissing", "SkipMissingFileNotSupportedForNonDirectBinaryCopy", "Skip missing file",
            "it's only supported with direct binary copy with folder.");
        refuse(settings, "fileForbidden", "SkipForbiddenFileNotSupportedForNonDirectBinaryCopy", "Skip forbidden file",
            "it's only supported with direct binary copy with folder.");
        refuse(settings, "dataInconsistency", "SkipInconsistencyDataNotSupportedForNonDirectBinaryCopy", "Skip inconsistency",
            "it's only supported with direct binary copy when validateDataConsistency is true.");
        refuse(settings, "invalidFileName", "SkipInvalidFileNameNotSupportedForNonDirectBinaryCopy", "Skip invalid file name",
            "it's only supported with direct binary copy with folder.");
    }

    private static void refuse(Settings settings, String property, String code, String what, String only) {
        if (settings.flag(property, false)) {
            throw CopyFailure.of(code, "%s is not supported in current copy activity settings, %s", what, only);
        }
    }
}
