package io.lazuli.datafactory.copy.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;

/** Failures of a copy with the codes and the wording by which Azure's users search for them. */
public final class CopyFailure {
    /** The number under which a copy's failures reach {@code activity('x').error.errorCode}. */
    public static final String ERROR_CODE = "2200";

    private CopyFailure() {
    }

    /** A failure that {@code code} names, such as {@code UserErrorInvalidColumnMappingColumnNotFound}. */
    public static ActivityFailure of(String code, String format, Object... arguments) {
        String message = String.format(format, arguments);
        return new ActivityFailure(ERROR_CODE, text(code, message));
    }

    /** As {@link #of}, told to have happened on one side of the copy: {@code Source} or {@code Sink}. */
    public static ActivityFailure on(String side, String code, String message, Throwable cause) {
        return new ActivityFailure(ERROR_CODE, "Failure happened on '" + side + "' side. " + text(code, message), cause);
    }

    /** A dataset that this program cannot read or write. */
    public static LazuliException unsupported(String side, ResolvedDataset dataset) {
        return LazuliException.failure(CommonError.NOT_SUPPORTED, dataset.place(),
            "Dataset '%s' of type %s, on linked service '%s' of type %s, cannot be a copy's %s",
            dataset.name(), dataset.type(), dataset.linkedService().name(), dataset.linkedService().type(),
            side);
    }

    /** The failure of an engine or connector as the activity's: with Azure's own message where the plan carried one. */
    public static ActivityFailure translated(LazuliException e) {
        String message = String.valueOf(e.getMessage());
        int own = message.indexOf("ErrorCode=");
        if (own >= 0) {
            return new ActivityFailure(ERROR_CODE, message.substring(own), e);
        }
        if (e.code() == AlgebraError.MALFORMED_DATA) {
            MalformedText malformed =
                MalformedText.of(message).orElseGet(() -> new MalformedText("UserErrorSourceDataFormatInvalid", message));
            return on("Source", malformed.code(), malformed.message(), e);
        }
        boolean user = e.code().category() != ErrorCode.Category.INTERNAL;
        String place = e.place().equals(Place.UNKNOWN) ? "" : " (" + e.place() + ")";
        String text = "ErrorCode=" + e.code().name() + ",Message=" + message + place;
        return new ActivityFailure(ERROR_CODE, user, text, null, e);
    }

    public static String text(String code, String message) {
        return "ErrorCode=" + code + ",'Type=Microsoft.DataTransfer.Common.Shared.HybridDeliveryException,Message=" + message
            + ",Source=Microsoft.DataTransfer.ClientLibrary,'";
    }
}
