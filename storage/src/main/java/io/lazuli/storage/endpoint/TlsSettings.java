package io.lazuli.storage.endpoint;

import io.lazuli.governance.certificate.ServerKeys;
import java.util.function.Supplier;

/**
 * How TLS is served.
 *
 * @param keys asked for when the first client speaks TLS
 * @param only whether plain HTTP is refused; else both are served on the same port
 */
public record TlsSettings(Supplier<ServerKeys> keys, boolean only) {
}
