package io.lazuli.storage.content;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.content.Listing.BlobItem;
import io.lazuli.storage.content.Listing.Item;
import io.lazuli.storage.content.Listing.PrefixItem;
import io.lazuli.storage.content.Listing.Question;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A page of a container with flat names: the plain files and those aside, in the order of their names. */
final class FlatListing {
    private final Question question;
    private final Iterator<String> names;
    private final Function<String, Optional<FileStatus>> files;
    private final List<Item> items = new ArrayList<>();

    private FlatListing(Question question, Iterator<String> names, Function<String, Optional<FileStatus>> files) {
        this.question = question;
        this.names = names;
        this.files = files;
    }

    /** {@code files} finds the file of a name that is aside. */
    static Listing of(Listing plain, Question question, Iterator<String> names, Function<String, Optional<FileStatus>> files) {
        return new FlatListing(question, names, files).merge(plain);
    }

    private Listing merge(Listing plain) {
        Iterator<Item> rest = plain.items().iterator();
        boolean morePlain = plain.next() != null;
        Item one = rest.hasNext() ? rest.next() : null;
        Item other = nextAside();
        while (items.size() < question.limit() && (one != null || other != null && !morePlain)) {
            if (other != null && (one == null || other.name().compareTo(one.name()) < 0)) {
                items.add(other);
                other = nextAside();
            } else {
                if (other != null && other.name().equals(one.name())) {
                    other = nextAside();
                }
                items.add(one);
                one = rest.hasNext() ? rest.next() : null;
            }
        }
        boolean more = one != null || other != null || morePlain;
        return new Listing(items, more && !items.isEmpty() ? items.getLast().name() : null);
    }

    private Item nextAside() {
        while (names.hasNext()) {
            String name = names.next();
            if (name.startsWith(question.prefix())) {
                Optional<Item> item = item(name).filter(found -> found.name().compareTo(question.after()) > 0 && !isRepeated(found));
                if (item.isPresent()) {
                    return item.get();
                }
            } else if (name.compareTo(question.prefix()) > 0) {
                return null;
            }
        }
        return null;
    }

    private Optional<Item> item(String name) {
        String delimiter = question.delimiter();
        int end = delimiter == null ? -1 : name.indexOf(delimiter, question.prefix().length());
        Optional<FileStatus> file = files.apply(name);
        return end < 0 ? file.map(status -> new BlobItem(name, () -> file))
            : file.map(status -> new PrefixItem(name.substring(0, end + delimiter.length())));
    }

    private boolean isRepeated(Item item) {
        return item instanceof PrefixItem && !items.isEmpty() && items.getLast().name().equals(item.name());
    }
}
