package io.lazuli.languages.tsql.bind;

/** Names for the columns of plans that no two columns of a statement share. */
final class Names {
    private int last;

    String next(String hint) {
        return hint + "#" + ++last;
    }
}
