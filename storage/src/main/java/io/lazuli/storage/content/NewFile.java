package io.lazuli.storage.content;

import io.lazuli.storage.metadata.AccessRecord;
import io.lazuli.storage.metadata.LeaseRecord;
import java.util.function.UnaryOperator;

/**
 * What a new content has besides its properties.
 *
 * @param lease gives the lease that it has from then on, and gets the one that is there, null for none
 * @param access gives who may use it, and gets who may use the directory above; null when that stays as it is
 */
public record NewFile(UnaryOperator<LeaseRecord> lease, UnaryOperator<AccessRecord> access) {
    /** Leased as what it replaces, and used by whom the directory above says. */
    public static final NewFile USUAL = new NewFile(UnaryOperator.identity(), above -> NewAccess.usual(above, false));

    /** Leased and used as before. */
    static final NewFile SAME = new NewFile(UnaryOperator.identity(), null);
}
