package io.lazuli.storage.content;

import io.lazuli.storage.http.ServiceFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A POSIX access control list as Data Lake Storage writes it: {@code [default:]user|group|mask|other:[id]:rwx}, separated by commas. */
public record AccessList(List<Entry> entries) {
    /** Of those that control access, and as many default ones. */
    private static final int MAX_ENTRIES = 32;

    /** One entry; the id is empty for the owner, the owning group, the mask and all others. */
    public record Entry(boolean isDefault, String kind, String id, String permissions) {
        /** Identifiers are the same in capital letters. */
        boolean sameSubject(Entry other) {
            return isDefault == other.isDefault && kind.equals(other.kind) && id.equalsIgnoreCase(other.id);
        }

        @Override
        public String toString() {
            return (isDefault ? "default:" : "") + kind + ":" + id + ":" + permissions;
        }
    }

    /** Reads a list that a request gives; {@code removing} reads one whose entries may lack permissions. */
    public static AccessList given(String text, boolean removing) {
        AccessList list = parse(text, removing);
        for (Entry entry : list.entries) {
            boolean named = entry.kind.matches("mask|other") && !entry.id.isEmpty();
            boolean sticky = entry.permissions.toLowerCase(Locale.ROOT).endsWith("t");
            if (named || sticky || list.entries.stream().filter(entry::sameSubject).count() > 1) {
                throw invalid();
            }
        }
        return list.requireSize();
    }

    /** Reads a list that is kept. */
    public static AccessList parse(String text) {
        return parse(text, false);
    }

    private static AccessList parse(String text, boolean removing) {
        return new AccessList(Stream.of(text.split(",")).map(part -> entry(part.strip(), removing)).toList());
    }

    /** The code is spelled as Azure spells it. */
    private static ServiceFailure invalid() {
        return ServiceFailure.badRequest("InvaldAccessControlList", "The access control list value is invalid.");
    }

    /** Fails when there are more entries than Azure takes. */
    public AccessList requireSize() {
        long defaults = entries.stream().filter(Entry::isDefault).count();
        if (defaults > MAX_ENTRIES || entries.size() - defaults > MAX_ENTRIES) {
            throw invalid();
        }
        return this;
    }

    /** Fails when there are default entries, which files do not have. */
    public void requireNoDefaults() {
        if (hasDefaults()) {
            throw ServiceFailure.badRequest("DefaultAclOnFileNotAllowed", "Default ACL is not allowed on a file.");
        }
    }

    private static Entry entry(String part, boolean removing) {
        boolean isDefault = part.toLowerCase(Locale.ROOT).startsWith("default:");
        String[] fields = (isDefault ? part.substring("default:".length()) : part).split(":", -1);
        boolean bare = removing && fields.length <= 2;
        if (fields.length != 3 && !bare || !fields[0].matches("user|group|mask|other")
                || !bare && !(removing && fields[2].isEmpty()) && !fields[2].matches("[r-][w-][xtT-]")) {
            throw invalid();
        }
        return new Entry(isDefault, fields[0], fields.length > 1 ? fields[1] : "", fields.length > 2 ? fields[2] : "");
    }

    /** The list that permissions alone mean, given as nine signs such as {@code rwxr-x---}. */
    public static AccessList ofPermissions(String permissions) {
        return new AccessList(List.of(new Entry(false, "user", "", permissions.substring(0, 3)),
            new Entry(false, "group", "", permissions.substring(3, 6)), new Entry(false, "other", "", permissions.substring(6, 9))));
    }

    /** Nine signs out of octal digits or of signs; {@code InvalidPermission} when the text is neither. */
    public static String permissions(String text) {
        return nine(text).orElseThrow(() -> ServiceFailure.badRequest("InvalidPermission", "The permission value is invalid."));
    }

    /** The same of the value of another header. */
    public static String signs(String header, String text) {
        return nine(text).orElseThrow(() -> ServiceFailure.invalidHeader(header, text));
    }

    private static Optional<String> nine(String text) {
        if (text.matches("[0-7]{3,4}")) {
            StringBuilder signs = new StringBuilder();
            text.substring(text.length() - 3).chars().map(digit -> digit - '0').forEach(digit -> signs
                .append((digit & 4) == 0 ? '-' : 'r').append((digit & 2) == 0 ? '-' : 'w').append((digit & 1) == 0 ? '-' : 'x'));
            return Optional.of(signs.toString());
        }
        if (!text.matches("([r-][w-][x-]){2}[r-][w-][xtT-]\\+?")) {
            return Optional.empty();
        }
        return Optional.of(text.substring(0, 9).replace('t', 'x').replace('T', '-'));
    }

    /** Whether the text sets the sticky bit. */
    public static boolean isSticky(String text) {
        return text.matches("[1357][0-7]{3}") || text.matches(".{8}[tT]\\+?");
    }

    /** The list with other permissions for the owner, the group (or the mask when there is one) and others. */
    public AccessList withPermissions(String permissions) {
        boolean masked = entries.stream().anyMatch(entry -> !entry.isDefault && entry.kind.equals("mask"));
        AccessList given = new AccessList(List.of(new Entry(false, "user", "", permissions.substring(0, 3)),
            new Entry(false, masked ? "mask" : "group", "", permissions.substring(3, 6)),
            new Entry(false, "other", "", permissions.substring(6, 9))));
        return merge(given);
    }

    /** The list without what permissions do not have, as a new path gets an inherited list. */
    public AccessList limited(String permissions) {
        String signs = permissions();
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            kept.append(permissions.charAt(i) == '-' ? '-' : signs.charAt(i));
        }
        return withPermissions(kept.toString());
    }

    /** The list with other names in the place of ids. */
    public AccessList renamed(UnaryOperator<String> names) {
        return new AccessList(entries.stream().map(entry -> entry.id.isEmpty() ? entry
            : new Entry(entry.isDefault, entry.kind, names.apply(entry.id), entry.permissions)).toList());
    }

    /** The list without the permissions of owner, group and others that a file mode mask such as {@code 0027} takes away. */
    public AccessList masked(String umask) {
        String mask = permissions(umask);
        String signs = permissions();
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            kept.append(mask.charAt(i) == '-' ? signs.charAt(i) : '-');
        }
        return withPermissions(kept.toString());
    }

    /** Whether the list says what new paths in a directory get. */
    public boolean hasDefaults() {
        return entries.stream().anyMatch(Entry::isDefault);
    }

    /** The list with the entries of another in the place of its own for the same subjects. */
    public AccessList merge(AccessList other) {
        List<Entry> merged = new ArrayList<>(entries);
        for (Entry entry : other.entries) {
            merged.removeIf(entry::sameSubject);
            merged.add(entry);
        }
        return new AccessList(merged).complete(this).requireSize();
    }

    public AccessList remove(AccessList other) {
        return new AccessList(entries.stream().filter(entry -> other.entries.stream().noneMatch(entry::sameSubject)).toList());
    }

    /** Sorted, with what each list must have: the entries of owner, group and others, and a mask when there are named entries. */
    public AccessList complete(AccessList before) {
        List<Entry> all = new ArrayList<>(entries);
        for (Entry needed : before.entries) {
            boolean required = !needed.isDefault && needed.id.isEmpty() && !needed.kind.equals("mask");
            if (required && all.stream().noneMatch(needed::sameSubject)) {
                all.add(needed);
            }
        }
        addDefaults(all);
        addMask(all, false);
        addMask(all, true);
        all.sort((one, other) -> Integer.compare(rank(one), rank(other)));
        return new AccessList(all);
    }

    /** A list with any default entry has those for owner, group and others too: what it lacks is as the directory itself has it. */
    private static void addDefaults(List<Entry> all) {
        if (all.stream().noneMatch(Entry::isDefault)) {
            return;
        }
        for (String kind : List.of("user", "group", "other")) {
            all.stream().filter(entry -> !entry.isDefault && entry.id.isEmpty() && entry.kind.equals(kind)).findFirst()
                .map(entry -> new Entry(true, kind, "", entry.permissions)).filter(entry -> all.stream().noneMatch(entry::sameSubject))
                .ifPresent(all::add);
        }
    }

    private static void addMask(List<Entry> all, boolean isDefault) {
        List<Entry> masked = all.stream().filter(entry -> entry.isDefault == isDefault)
            .filter(entry -> !entry.id.isEmpty() || entry.kind.equals("group")).toList();
        boolean named = masked.stream().anyMatch(entry -> !entry.id.isEmpty());
        if (named && all.stream().noneMatch(entry -> entry.isDefault == isDefault && entry.kind.equals("mask"))) {
            StringBuilder union = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                int place = i;
                union.append(masked.stream().map(entry -> entry.permissions.charAt(place)).filter(sign -> sign != '-')
                    .findFirst().orElse('-'));
            }
            all.add(new Entry(isDefault, "mask", "", union.toString()));
        }
    }

    private static int rank(Entry entry) {
        int kind = List.of("user", "group", "mask", "other").indexOf(entry.kind);
        return (entry.isDefault ? 100 : 0) + kind * 10 + (entry.id.isEmpty() ? 0 : 1);
    }

    /** What something new in a directory with this list gets, empty when the directory has no default entries. */
    public Optional<AccessList> inherited(boolean directory) {
        List<Entry> defaults = entries.stream().filter(Entry::isDefault).toList();
        if (defaults.isEmpty()) {
            return Optional.empty();
        }
        List<Entry> all = new ArrayList<>();
        defaults.forEach(entry -> all.add(new Entry(false, entry.kind, entry.id, entry.permissions)));
        if (directory) {
            all.addAll(defaults);
        }
        return Optional.of(new AccessList(all));
    }

    /** The nine signs, with a plus when there are more entries than they tell. */
    public String permissions() {
        String mask = signs("mask");
        boolean extended = entries.stream().anyMatch(entry -> entry.isDefault || !entry.id.isEmpty() || entry.kind.equals("mask"));
        return signs("user") + (mask.isEmpty() ? signs("group") : mask) + signs("other") + (extended ? "+" : "");
    }

    private String signs(String kind) {
        return entries.stream().filter(entry -> !entry.isDefault && entry.kind.equals(kind) && entry.id.isEmpty())
            .map(Entry::permissions).findFirst().orElse("");
    }

    @Override
    public String toString() {
        return entries.stream().map(Entry::toString).collect(Collectors.joining(","));
    }
}
