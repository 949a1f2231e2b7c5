package io.lazuli.storage.content;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One page of a container's blobs together with their snapshots and versions, and with what was deleted: by name, the older ones first, the
 * current one last.
 *
 * @param next the place after which the next page begins: a name, or a name, a NUL and a moment; null when there is none
 */
public record HistoryListing(List<Row> rows, String next) {
    /** One of the two is null. */
    public record Row(String name, Listing.Item item, Kept kept) {
        String place() {
            return kept == null ? item.place() : name + "\0" + kept.id();
        }

        private boolean isPrefix() {
            return item instanceof Listing.PrefixItem;
        }
    }

    /**
     * Reads a page; {@code question.after()} is a place that a page before gave.
     *
     * @param currentToo whether the current contents are listed, not only what is kept
     */
    public static HistoryListing of(History history, Blobs blobs, BlobAddress place, Listing.Question question, boolean currentToo,
            Predicate<Kept> wanted) {
        int cut = question.after().indexOf('\0');
        String name = cut < 0 ? question.after() : question.after().substring(0, cut);
        Listing rest = !currentToo ? new Listing(List.of(), null)
            : blobs.list(place, question.after(name));
        // The current content comes after what is kept of it.
        Listing current = cut < 0 || !currentToo ? rest : new Listing(prepend(
            question.wants(Listing.Kinds.FILES) ? current(place, name, blobs) : List.of(), rest.items()), rest.next());
        String begin = question.after().compareTo(question.prefix()) > 0 ? question.after() : question.prefix();
        return new Merge(current, history.from(place.withPath(begin)), question, wanted).page();
    }

    private static List<Listing.Item> current(BlobAddress place, String name, Blobs blobs) {
        return blobs.file(place.withPath(name))
            .<List<Listing.Item>>map(status -> List.of(new Listing.BlobItem(name, () -> Optional.of(status)))).orElse(List.of());
    }

    private static List<Listing.Item> prepend(List<Listing.Item> first, List<Listing.Item> rest) {
        List<Listing.Item> all = new ArrayList<>(first);
        all.addAll(rest);
        return all;
    }

    private static final class Merge {
        private final Listing.Question question;
        private final Predicate<Kept> wanted;
        private final Iterator<Listing.Item> items;
        private final boolean moreItems;
        private final Iterator<Kept> history;
        private final List<Row> rows = new ArrayList<>();
        private Row item;
        private Row kept;

        Merge(Listing current, Iterator<Kept> history, Listing.Question question, Predicate<Kept> wanted) {
            this.question = question;
            this.wanted = wanted;
            this.items = current.items().iterator();
            this.moreItems = current.next() != null;
            this.history = history;
        }

        HistoryListing page() {
            item = nextItem();
            kept = nextKept();
            while (rows.size() < question.limit() && (item != null || kept != null && !moreItems)) {
                if (kept != null && (item == null || kept.name().compareTo(item.item().place()) <= 0)) {
                    add(kept);
                    kept = nextKept();
                } else {
                    add(item);
                    item = nextItem();
                }
            }
            boolean more = item != null || kept != null || moreItems;
            return new HistoryListing(rows, more && !rows.isEmpty() ? rows.getLast().place() : null);
        }

        private void add(Row row) {
            boolean again = row.isPrefix() && !rows.isEmpty() && rows.getLast().isPrefix() && rows.getLast().name().equals(row.name());
            if (!again) {
                rows.add(row);
            }
        }

        private Row nextItem() {
            if (!items.hasNext()) {
                return null;
            }
            Listing.Item next = items.next();
            return new Row(next.name(), next, null);
        }

        private Row nextKept() {
            while (history.hasNext()) {
                Kept next = history.next();
                String name = next.address().path();
                if (name.compareTo(question.prefix()) > 0 && !name.startsWith(question.prefix())) {
                    return null;
                }
                Optional<Row> row = name.startsWith(question.prefix()) && wanted.test(next) ? row(name, next) : Optional.empty();
                if (row.isPresent()) {
                    return row.get();
                }
            }
            return null;
        }

        /** Nothing for what the page before had. */
        private Optional<Row> row(String name, Kept next) {
            String delimiter = question.delimiter();
            int end = delimiter == null ? -1 : name.indexOf(delimiter, question.prefix().length());
            if (end < 0) {
                Row row = new Row(name, null, next);
                boolean done = name.equals(question.after()) || row.place().compareTo(question.after()) <= 0;
                return done ? Optional.empty() : Optional.of(row);
            }
            String prefix = name.substring(0, end + delimiter.length());
            boolean seen = !question.wantsPrefixes() || prefix.compareTo(question.after()) <= 0;
            return seen ? Optional.empty() : Optional.of(new Row(prefix, new Listing.PrefixItem(prefix), null));
        }
    }
}
