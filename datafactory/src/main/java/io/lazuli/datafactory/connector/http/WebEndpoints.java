package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.configuration.LinkedServiceSettings;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What readers and writers of web addresses share. */
public final class WebEndpoints {
    public static final String REST = "RestService";
    public static final String HTTP = "HttpServer";

    private WebEndpoints() {
    }

    /** The linked service's endpoint, at the address that the configuration gives instead of its own. */
    public static RestService service(
        LazuliConfiguration configuration, ResolvedLinkedService service, SecretText secrets) {
        Optional<String> url = configuration.linkedService(service.name()).map(LinkedServiceSettings::url);
        ResolvedLinkedService there = service;
        if (url.isPresent()) {
            ObjectNode properties = service.typeProperties().deepCopy().put("url", url.get());
            there = new ResolvedLinkedService(service.name(), service.type(), properties, service.place());
        }
        return RestService.of(there, secrets);
    }

    /** Work that waits for a network. */
    public interface Waiting<T> {
        T run() throws InterruptedException;
    }

    /** Runs work; an interrupt is a cancelled activity. */
    public static <T> T waiting(Waiting<T> work) {
        try {
            return work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(CommonError.CANCELLED, "The activity was cancelled", e);
        }
    }

    /** A new empty folder for what is on its way. */
    public static Path folder() {
        try {
            return Files.createTempDirectory("lazuli-web");
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "No folder for temporary files can be made: %s", e.getMessage(), e);
        }
    }

    public static void remove(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
