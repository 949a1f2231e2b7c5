package io.lazuli.languages.dataflow.syntax;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text of a data flow script or expression into tokens; comments and white space vanish. */
final class Lexer {
    private static final Pattern NUMBER =
        Pattern.compile("0[xX][0-9a-fA-F]+[lL]?|(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][+-]?\\d+)?[lLfFdDsSbB]?");
    private static final List<String> SYMBOLS = List.of("===", "<=>", "==", "!=", "<=", ">=", "&&", "||", "->", "=>", "~>", "(", ")", "[",
        "]", "{", "}", ",", ".", ";", "=", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "!", "?", ":", "@", "~");

    private final String source;
    private final int end;
    private final List<Token> tokens = new ArrayList<>();
    private int offset;
    private int line;
    private int lineStart;

    Lexer(String source) {
        this(source, 0, source.length(), 1, 0);
    }

    /** Reads a part of the source, whose first line has a number and began at an offset. */
    Lexer(String source, int start, int end, int line, int lineStart) {
        this.source = source;
        this.offset = start;
        this.end = end;
        this.line = line;
        this.lineStart = lineStart;
    }

    List<Token> tokens() {
        skipBlank();
        while (offset < end) {
            next();
            skipBlank();
        }
        tokens.add(new Token(Kind.END, "", line, offset - lineStart + 1, offset, offset));
        return tokens;
    }

    private void next() {
        char c = source.charAt(offset);
        if (c == '\'') {
            string();
        } else if (c == '`') {
            rawString();
        } else if (c == '"') {
            interpolated();
        } else if (c == '{' && !opensParameters()) {
            bracedName();
        } else if (isDigit(c) || c == '.' && isDigit(peek(1)) && !afterValue()) {
            number();
        } else if (c == '$' && (peek(1) == '$' || isNamePart(peek(1)))) {
            prefixed(Kind.DOLLAR);
        } else if (c == '#' && isNamePart(peek(1))) {
            prefixed(Kind.HASH);
        } else if (isNamePart(c)) {
            add(Kind.WORD, offset, endOfName(offset));
        } else {
            symbol();
        }
    }

    /** {@code parameters{ ... }} is the one place where a brace opens a block. */
    private boolean opensParameters() {
        return tokens.size() == 1 && tokens.getFirst().is("parameters");
    }

    private boolean afterValue() {
        if (tokens.isEmpty()) {
            return false;
        }
        Token last = tokens.getLast();
        return last.end() == offset && (last.isName() || last.kind() == Kind.HASH || last.is(")") || last.is("]"));
    }

    private void prefixed(Kind kind) {
        int start = offset;
        offset = peek(1) == '$' ? offset + 2 : endOfName(offset + 1);
        tokens.add(new Token(kind, source.substring(start + 1, offset), line, start - lineStart + 1, start, offset));
    }

    private void number() {
        Matcher matcher = NUMBER.matcher(source).region(offset, end);
        if (!matcher.lookingAt()) {
            throw unexpected();
        }
        if (matcher.end() < end && isNamePart(source.charAt(matcher.end()))) {
            int wordEnd = endOfName(matcher.end());
            throw failure(CommonError.SYNTAX_ERROR, here(), "'%s' is no number; a name that begins with a digit stands in braces: {%s}",
                source.substring(offset, wordEnd), source.substring(offset, wordEnd));
        }
        add(Kind.NUMBER, offset, matcher.end());
    }

    private void symbol() {
        for (String symbol : SYMBOLS) {
            if (source.startsWith(symbol, offset) && offset + symbol.length() <= end) {
                add(Kind.SYMBOL, offset, offset + symbol.length());
                return;
            }
        }
        throw unexpected();
    }

    private LazuliException unexpected() {
        return failure(CommonError.SYNTAX_ERROR, here(), "Unexpected character '%s'", Character.toString(source.codePointAt(offset)));
    }

    private void string() {
        int start = offset;
        int endQuote = Quotes.endOfString(source, offset, end);
        if (endQuote < 0) {
            throw failure(CommonError.SYNTAX_ERROR, here(), "This string has no closing quote (')");
        }
        addSpan(Kind.STRING, Quotes.unescape(source.substring(start + 1, endQuote)), endQuote + 1);
    }

    private void rawString() {
        int endQuote = source.indexOf('`', offset + 1);
        if (endQuote < 0 || endQuote >= end) {
            throw failure(CommonError.SYNTAX_ERROR, here(), "This string has no closing back quote (`)");
        }
        addSpan(Kind.STRING, source.substring(offset + 1, endQuote), endQuote + 1);
    }

    private void interpolated() {
        int endQuote = Quotes.endOfInterpolated(source, offset, end);
        if (endQuote < 0) {
            throw failure(CommonError.SYNTAX_ERROR, here(), "This string has no closing quote (\"), or a brace in it is not closed");
        }
        addSpan(Kind.INTERPOLATED, source.substring(offset + 1, endQuote), endQuote + 1);
    }

    private void bracedName() {
        StringBuilder name = new StringBuilder();
        int index = offset + 1;
        while (index < end && source.charAt(index) != '}') {
            boolean escape = source.charAt(index) == '\\' && index + 1 < end && "\\{}".indexOf(source.charAt(index + 1)) >= 0;
            index += escape ? 1 : 0;
            name.append(source.charAt(index++));
        }
        if (index >= end) {
            throw failure(CommonError.SYNTAX_ERROR, here(), "This name has no closing brace (})");
        }
        addSpan(Kind.BRACED_NAME, name.toString(), index + 1);
    }

    private void skipBlank() {
        while (offset < end) {
            char c = source.charAt(offset);
            if (c == '\n') {
                newLine(offset++);
            } else if (Character.isWhitespace(c) || c == '\uFEFF' || c == '\u00A0') {
                offset++;
            } else if (source.startsWith("//", offset)) {
                int lineEnd = source.indexOf('\n', offset);
                offset = lineEnd < 0 ? end : Math.min(lineEnd, end);
            } else if (source.startsWith("/*", offset)) {
                comment();
            } else {
                return;
            }
        }
    }

    private void comment() {
        int close = source.indexOf("*/", offset + 2);
        if (close < 0 || close + 2 > end) {
            throw failure(CommonError.SYNTAX_ERROR, here(), "This comment has no end (*/)");
        }
        while (offset < close + 2) {
            if (source.charAt(offset) == '\n') {
                newLine(offset);
            }
            offset++;
        }
    }

    private void newLine(int at) {
        line++;
        lineStart = at + 1;
    }

    private void add(Kind kind, int start, int tokenEnd) {
        tokens.add(new Token(kind, source.substring(start, tokenEnd), line, start - lineStart + 1, start, tokenEnd));
        offset = tokenEnd;
    }

    /** Adds a token that may span lines. */
    private void addSpan(Kind kind, String text, int tokenEnd) {
        tokens.add(new Token(kind, text, line, offset - lineStart + 1, offset, tokenEnd));
        for (; offset < tokenEnd; offset++) {
            if (source.charAt(offset) == '\n') {
                newLine(offset);
            }
        }
    }

    private int endOfName(int from) {
        int index = from;
        while (index < end && isNamePart(source.charAt(index))) {
            index++;
        }
        return index;
    }

    private char peek(int ahead) {
        return offset + ahead < end ? source.charAt(offset + ahead) : '\0';
    }

    private Place here() {
        return Place.at(line, offset - lineStart + 1);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || Character.isSurrogate(c);
    }
}
