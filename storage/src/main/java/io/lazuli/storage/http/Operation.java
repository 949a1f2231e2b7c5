package io.lazuli.storage.http;

import java.io.IOException;

/** One operation of the service: reads the request, does it, answers. */
@FunctionalInterface
public interface Operation {
    void run(Exchange exchange) throws IOException;
}
