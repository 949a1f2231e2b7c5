package io.lazuli.storage.http;

import io.lazuli.governance.principal.Principal;
import java.util.Optional;

/**
 * Who makes a request, as far as the request shows it.
 *
 * @param principal empty when a key or nobody signed
 * @param correlation what the caller calls this use of a signature, null when it does not
 * @param superuser whether access lists do not bind it
 */
public record Caller(Authentication authentication, Optional<Principal> principal, String correlation, boolean superuser) {
    /** How a caller shows who it is. */
    public enum Authentication {
        ANONYMOUS("Anonymous"), ACCOUNT_KEY("AccountKey"), SAS("SAS"), USER_DELEGATION("DelegationSas"), OAUTH("OAuth");

        private final String title;

        Authentication(String title) {
            this.title = title;
        }

        /** Its name in Azure's logs. */
        public String title() {
            return title;
        }
    }

    public static final Caller NOBODY = new Caller(Authentication.ANONYMOUS, Optional.empty(), null, false);
    public static final Caller ACCOUNT_OWNER = new Caller(Authentication.ACCOUNT_KEY, Optional.empty(), null, true);
    /** The owner of what no principal has made. */
    public static final String SUPERUSER = "$superuser";

    public static Caller signed(Principal principal, boolean superuser) {
        return new Caller(Authentication.OAUTH, Optional.of(principal), null, superuser);
    }

    /** Whom new files and directories belong to. */
    public String owner() {
        return principal.map(Principal::objectId).orElse(SUPERUSER);
    }

    /** Whether it may change the permissions of what has that owner. */
    public boolean mayChangePermissions(String owner) {
        return superuser || principal.isPresent() && principal.get().objectId().equalsIgnoreCase(owner);
    }
}
