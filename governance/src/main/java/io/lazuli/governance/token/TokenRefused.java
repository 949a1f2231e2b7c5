package io.lazuli.governance.token;

/** A token that proves nothing, and why not, in the words of Azure's services. */
public final class TokenRefused extends Exception {
    private static final long serialVersionUID = 1;

    public TokenRefused(String reason) {
        super(reason);
    }
}
