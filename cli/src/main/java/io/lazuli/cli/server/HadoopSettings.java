package io.lazuli.cli.server;

import io.lazuli.server.RunningServer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings by which Hadoop, and Spark with it, finds an account: a {@code core-site.xml}. */
final class HadoopSettings {
    private HadoopSettings() {
    }

    static String of(RunningServer server, String account, String key) {
        String name = account + ".dfs.core.windows.net";
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("fs.azure.abfs.endpoint", server.url().substring(server.url().indexOf("//") + 2));
        if (!server.secure()) {
            // Without TLS only this one of the driver's two HTTP libraries works.
            settings.put("fs.azure.always.use.https", "false");
            settings.put("fs.azure.networking.library", "JDK_HTTP_URL_CONNECTION");
        }
        settings.put("fs.azure.account.key." + name, key);
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?>\n<configuration>\n");
        settings.forEach((property, value) -> text.append("  <property><name>").append(property).append("</name><value>").append(value)
            .append("</value></property>\n"));
        return text.append("</configuration>").toString();
    }
}
