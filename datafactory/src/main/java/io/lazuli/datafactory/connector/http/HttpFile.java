package io.lazuli.datafactory.connector.http;

import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.FileEntry;
import io.lazuli.datafactory.connector.file.FileSelection;
import io.lazuli.datafactory.connector.file.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A file of a web server, downloaded aside: its name is the last part of its address. Whoever opened it closes it. */
public record HttpFile(Path folder, FileSelection selection) implements AutoCloseable {
    public static HttpFile open(RestService service, ResolvedDataset dataset, Settings source, Instant now) {
        HttpDownload download = new HttpDownload(service, dataset, source.has("storeSettings") ? source.object("storeSettings") : source);
        Path folder = WebEndpoints.folder();
        try {
            String name = name(download.url());
            Path file = folder.resolve("downloaded");
            long size = WebEndpoints.waiting(() -> download.to(file));
            return new HttpFile(folder, new FileSelection("", "", true, List.of(new FileEntry(file, name, name, size, now, Map.of())),
                List.of()));
        } catch (RuntimeException e) {
            WebEndpoints.remove(folder);
            throw e;
        }
    }

    private static String name(String url) {
        String path = url.replaceFirst("[?#].*$", "").replaceFirst("^[A-Za-z]+://[^/]*", "").replaceFirst("/+$", "");
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.isEmpty() ? "data" : name;
    }

    @Override
    public void close() {
        WebEndpoints.remove(folder);
    }
}
