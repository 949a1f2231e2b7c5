package io.lazuli.cli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.server.RunningServer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The settings by which Hadoop, and Spark with it, finds an account: a {@code core-site.xml}. */
final class HadoopSettings {
    private static final String PROVIDERS = "org.apache.hadoop.fs.azurebfs.oauth2.";

    private final String host;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private HadoopSettings(String account) {
        this.host = account + ".dfs.core.windows.net";
    }

    /** Those of a client that signs with the account's key. */
    static String ofKey(RunningServer server, String account, String key) {
        HadoopSettings of = new HadoopSettings(account);
        of.endpoint(server.url());
        if (!server.secure()) {
            // Without TLS only this one of the driver's two HTTP libraries works.
            of.settings.put("fs.azure.always.use.https", "false");
            of.settings.put("fs.azure.networking.library", "JDK_HTTP_URL_CONNECTION");
        }
        of.account("fs.azure.account.key", key);
        return of.toString();
    }

    /** Those of a client that gets tokens as {@code variables} say, which {@link Credentials#write} has made; over TLS. */
    static String ofTokens(RunningServer server, String account, Credentials credential, Map<String, String> variables) {
        HadoopSettings of = new HadoopSettings(account);
        of.endpoint(server.secureUrl());
        of.account("fs.azure.account.auth.type", "OAuth");
        switch (credential) {
            case SECRET -> {
                of.account("fs.azure.account.oauth.provider.type", PROVIDERS + "ClientCredsTokenProvider");
                of.account("fs.azure.account.oauth2.client.endpoint",
                    variables.get("AZURE_AUTHORITY_HOST") + "/" + variables.get("AZURE_TENANT_ID") + "/oauth2/token");
                of.account("fs.azure.account.oauth2.client.secret", variables.get("AZURE_CLIENT_SECRET"));
            }
            case MACHINE -> {
                of.account("fs.azure.account.oauth.provider.type", PROVIDERS + "MsiTokenProvider");
                of.account("fs.azure.account.oauth2.msi.endpoint",
                    variables.get("AZURE_POD_IDENTITY_AUTHORITY_HOST") + "/metadata/identity/oauth2/token");
            }
            case MANAGED, NONE -> throw failure(CommonError.INVALID_ARGUMENT,
                "Hadoop's driver gets tokens by --credential secret or machine, not by %s", credential.name().toLowerCase(Locale.ROOT));
        }
        of.account("fs.azure.account.oauth2.client.id", variables.get("AZURE_CLIENT_ID"));
        return of.toString();
    }

    private void endpoint(String url) {
        settings.put("fs.azure.abfs.endpoint", url.substring(url.indexOf("//") + 2));
    }

    private void account(String property, String value) {
        settings.put(property + "." + host, value);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?>\n<configuration>\n");
        settings.forEach((property, value) -> text.append("  <property><name>").append(property).append("</name><value>").append(value)
            .append("</value></property>\n"));
        return text.append("</configuration>").toString();
    }
}
