package io.lazuli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.governance.certificate.ServerKeys;
import io.lazuli.storage.content.AccountSettings;
import io.lazuli.storage.event.ResourceGroup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is served where.
 *
 * @param port 0 for any that is free
 * @param certificate empty for that of the data directory, which vouches for names of this machine alone
 * @param group where the accounts stand among Azure's resources
 * @param accounts what kinds of accounts they are, by name
 */
public record ServerSettings(Path dataDirectory, String host, int port, Optional<ServerKeys> certificate, ResourceGroup group,
        Map<String, AccountSettings> accounts) {
    public ServerSettings {
        if (certificate.isEmpty() && !isLoopback(host)) {
            throw failure(CommonError.NOT_SUPPORTED, "Plain HTTP on '%s' could be read by others on the network: "
                + "give a certificate (--tls-keystore), or listen on 127.0.0.1", host);
        }
        if (port < 0 || port > 65535) {
            throw failure(CommonError.INVALID_ARGUMENT, "%d is no port; expected 1 to 65535, or 0 for any that is free", port);
        }
    }

    /** Whether only programs of this machine can connect. */
    public boolean isLocal() {
        return isLoopback(host);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw failure(CommonError.INVALID_ARGUMENT, "There is no host '%s'", host, unknown);
        }
    }
}
