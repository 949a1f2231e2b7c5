package io.lazuli.storage.content;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import java.util.function.Predicate;

/**
 * What a rename moves, as {@code x-ms-rename-source} names it: with the account before the file system or without.
 *
 * @param query what stood behind the path, such as a signature for the source; null for nothing
 */
public record RenameSource(BlobAddress address, String query) {
    public static final String HEADER = "x-ms-rename-source";

    public static RenameSource of(Exchange exchange, Containers containers, Predicate<String> isAccount) {
        String text = exchange.header(HEADER);
        int mark = text.indexOf('?');
        String path = (mark < 0 ? text : text.substring(0, mark)).replaceFirst("^/", "");
        String account = exchange.target().account();
        String first = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        boolean named = first.equals(account) && path.contains("/") && isAccount.test(first) && !containers.exists(account, first);
        String rest = named ? path.substring(first.length() + 1) : path;
        int slash = rest.indexOf('/');
        if (slash < 0) {
            throw ServiceFailure.invalidHeader(HEADER, text);
        }
        String container = Target.decode(rest.substring(0, slash));
        containers.require(account, container);
        return new RenameSource(BlobAddress.of(exchange.target().withPath(container, Target.decode(rest.substring(slash + 1)))),
            mark < 0 ? null : text.substring(mark + 1));
    }

    /** The source as what a request is about, with the source's own signature when it has one. */
    public Target target(Target destination) {
        Target moved = destination.withPath(address.container(), address.path());
        return query != null && query.matches("(.*&)?sig=.*") ? moved.withQuery(query) : moved;
    }
}
