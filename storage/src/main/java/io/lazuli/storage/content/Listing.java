package io.lazuli.storage.content;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One page of a container's blobs in the order of their names.
 *
 * @param items at most as many as were asked for
 * @param next the name after which the next page begins, null when there is none
 */
public record Listing(List<Item> items, String next) {
    /** A blob, or with a delimiter what several names begin with. */
    public sealed interface Item {
        String name();
    }

    /** A file. */
    public record BlobItem(String name, FileStatus status) implements Item {
    }

    /** The common beginning of names, delimiter included. */
    public record PrefixItem(String name) implements Item {
    }

    /**
     * What is asked for.
     *
     * @param delimiter null for all names
     * @param after the page begins with the first name behind this one; empty for the first page
     */
    public record Question(String prefix, String delimiter, String after, int limit) {
    }

    /** Reads a page; folders on the way are read once each. */
    public static Listing of(FileTree tree, Question question) {
        Walk walk = new Walk(tree, question);
        int slash = question.prefix().lastIndexOf('/');
        boolean complete = walk.folder(slash < 0 ? "" : question.prefix().substring(0, slash));
        String next = complete ? null : walk.items.getLast().name();
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
            List<FileStatus> children = new ArrayList<>(tree.entries(path));
            // A folder stands where the names in it stand.
            children.sort(Comparator.comparing(Walk::sortName));
            for (FileStatus child : children) {
                if (!(child.folder() ? subfolder(child) : file(child))) {
                    return false;
                }
            }
            return true;
        }

        private static String sortName(FileStatus status) {
            return status.folder() ? status.path() + "/" : status.path();
        }

        private boolean subfolder(FileStatus folder) {
            String begin = folder.path() + "/";
            String prefix = question.prefix();
            boolean within = begin.startsWith(prefix);
            if (!within && !prefix.startsWith(begin) || question.after().compareTo(begin) > 0 && !question.after().startsWith(begin)) {
                return true;
            }
            if (within && "/".equals(question.delimiter())) {
                return question.after().compareTo(begin) >= 0 || !holdsFiles(folder.path()) || add(new PrefixItem(begin));
            }
            return folder(folder.path());
        }

        private boolean holdsFiles(String path) {
            List<FileStatus> children = tree.entries(path);
            return children.stream().anyMatch(child -> !child.folder()) || children.stream().anyMatch(child -> holdsFiles(child.path()));
        }

        private boolean file(FileStatus file) {
            String name = file.path();
            if (!name.startsWith(question.prefix())) {
                return true;
            }
            int end = question.delimiter() == null ? -1 : name.indexOf(question.delimiter(), question.prefix().length());
            Item item = end < 0 ? new BlobItem(name, file) : new PrefixItem(name.substring(0, end + question.delimiter().length()));
            boolean seen = item.name().compareTo(question.after()) <= 0
                || item instanceof PrefixItem && !items.isEmpty() && items.getLast().name().equals(item.name());
            return seen || add(item);
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
