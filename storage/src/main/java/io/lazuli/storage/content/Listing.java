package io.lazuli.storage.content;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Links;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One page of a container's blobs in the order of their names.
 *
 * @param items at most as many as were asked for
 * @param next the place after which the next page begins, null when there is none
 */
public record Listing(List<Item> items, String next) {
    /** A blob, or with a delimiter what several names begin with. */
    public sealed interface Item {
        String name();

        /** Where it stands among the names. */
        default String place() {
            return name();
        }
    }

    /** A file; {@code file} looks at it, and finds none when it has gone meanwhile or is a link that leads out or nowhere. */
    public record BlobItem(String name, Supplier<Optional<FileStatus>> file) implements Item {
    }

    /** A directory, which stands where the names in it stand, before them. */
    public record DirectoryItem(String name, FileStatus folder) implements Item {
        @Override
        public String place() {
            return name + "/";
        }
    }

    /** Which of the paths of a hierarchical account are wanted; directories are not in lists with other delimiters than a slash. */
    public enum Kinds {
        FILES,
        DIRECTORIES,
        ALL
    }

    /** The common beginning of names, delimiter included; {@code folder} is null where none was looked at. */
    public record PrefixItem(String name, FileStatus folder) implements Item {
        public PrefixItem(String name) {
            this(name, null);
        }
    }

    /**
     * What is asked for.
     *
     * @param delimiter null for all names
     * @param after the page begins with the first item behind this place; empty for the first page
     * @param kinds null where directories are no paths of their own
     */
    public record Question(String prefix, String delimiter, String after, int limit, Kinds kinds) {
        /** For files alone; with a slash as delimiter what they begin with too. */
        public Question(String prefix, String delimiter, String after, int limit) {
            this(prefix, delimiter, after, limit, null);
        }

        /** Whether files or directories are listed. */
        public boolean wants(Kinds kind) {
            return kinds == kind || kinds == Kinds.ALL || kinds == null && kind == Kinds.FILES;
        }

        /** Whether what names begin with is listed; with a slash as delimiter that is directories. */
        public boolean wantsPrefixes() {
            return kinds != Kinds.FILES || !"/".equals(delimiter);
        }

        /** The same, from another place on. */
        Question after(String place) {
            return new Question(prefix, delimiter, place, limit, kinds);
        }
    }

    /** Reads a page; folders on the way are read once each. */
    public static Listing of(FileTree tree, Question question) {
        Walk walk = new Walk(tree, question);
        int slash = question.prefix().lastIndexOf('/');
        boolean complete = walk.folder(slash < 0 ? "" : question.prefix().substring(0, slash));
        String next = complete ? null : walk.items.getLast().place();
        return new Listing(walk.items, next);
    }

    private static final class Walk {
        private final FileTree tree;
        private final Question question;
        private final List<Item> items = new ArrayList<>();

        Walk(FileTree tree, Question question) {
            this.tree = tree;
            this.question = question;
        }

        /** Adds what is below a folder; false when the page is full and there is more. */
        boolean folder(String path) {
            String above = path.isEmpty() ? "" : path + "/";
            Function<String, Optional<FileStatus>> children = tree.children(path);
            // A folder stands where the names in it stand.
            for (String child : tree.names(path)) {
                String name = above + child;
                if (!(child.endsWith("/") ? subfolder(name) : file(children, child, name))) {
                    return false;
                }
            }
            return true;
        }

        private boolean subfolder(String begin) {
            String folder = begin.substring(0, begin.length() - 1);
            String prefix = question.prefix();
            boolean within = begin.startsWith(prefix);
            if (!within && !prefix.startsWith(begin) || question.after().compareTo(begin) > 0 && !question.after().startsWith(begin)) {
                return true;
            }
            if (within && "/".equals(question.delimiter())) {
                return question.after().compareTo(begin) >= 0
                    || shown(folder).map(found -> add(new PrefixItem(begin, found))).orElse(true);
            }
            Optional<FileStatus> found = inside(folder);
            if (found.isEmpty()) {
                return true;
            }
            boolean listed = question.delimiter() == null && question.wants(Kinds.DIRECTORIES) && folder.startsWith(prefix)
                && question.after().compareTo(begin) < 0;
            return (!listed || add(new DirectoryItem(folder, found.get()))) && folder(folder);
        }

        /** Where directories are no paths of their own, files show them. */
        private Optional<FileStatus> shown(String folder) {
            if (question.kinds() == null) {
                return inside(folder).filter(found -> holdsFiles(folder));
            }
            return question.wants(Kinds.DIRECTORIES) ? inside(folder) : Optional.empty();
        }

        private boolean holdsFiles(String path) {
            List<String> children = tree.names(path);
            return children.stream().anyMatch(child -> !child.endsWith("/"))
                || children.stream().filter(child -> child.endsWith("/")).map(child -> path + "/" + child.substring(0, child.length() - 1))
                    .anyMatch(child -> inside(child).isPresent() && holdsFiles(child));
        }

        /** A folder may be a link that leads out, nowhere or back. */
        private Optional<FileStatus> inside(String path) {
            int slash = path.lastIndexOf('/');
            return tree.child(slash < 0 ? "" : path.substring(0, slash), path.substring(slash + 1))
                .filter(found -> found.folder() && !Links.leadsBack(found));
        }

        private boolean file(Function<String, Optional<FileStatus>> children, String child, String name) {
            if (!name.startsWith(question.prefix()) || !question.wants(Kinds.FILES)) {
                return true;
            }
            int end = question.delimiter() == null ? -1 : name.indexOf(question.delimiter(), question.prefix().length());
            String shown = end < 0 ? name : name.substring(0, end + question.delimiter().length());
            boolean seen = shown.compareTo(question.after()) <= 0 || end >= 0 && !items.isEmpty() && items.getLast().name().equals(shown);
            if (seen || end >= 0) {
                return seen || add(new PrefixItem(shown));
            }
            return add(new BlobItem(name, () -> children.apply(child).filter(found -> !found.folder())));
        }

        private boolean add(Item item) {
            if (items.size() == question.limit()) {
                return false;
            }
            items.add(item);
            return true;
        }
    }
}
