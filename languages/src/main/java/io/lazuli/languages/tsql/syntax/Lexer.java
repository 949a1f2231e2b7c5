package io.lazuli.languages.tsql.syntax;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts T-SQL text into tokens; comments and white space vanish, a line {@code GO} ends a batch. */
final class Lexer {
    private static final Pattern NUMBER = Pattern.compile("(?:\\d+(\\.\\d*)?|(\\.\\d+))([eE][+-]?\\d+)?");
    private static final Pattern BATCH_END = Pattern.compile("(?i)GO[ \\t]*(?:\\d+[ \\t]*)?;?[ \\t]*(?:--[^\\n]*)?(?=\\r?\\n|\\z)");
    private static final List<String> SYMBOLS = List.of("<=", ">=", "<>", "!=", "!<", "!>", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
        "::", "(", ")", ",", ".", ";", "=", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "~", ":");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int offset;
    private int line = 1;
    private int lineStart;

    Lexer(String source) {
        this.source = source;
    }

    List<Token> tokens() {
        skipBlank();
        while (offset < source.length()) {
            next();
            skipBlank();
        }
        tokens.add(new Token(Kind.END, "", line, offset - lineStart + 1, offset, offset));
        return tokens;
    }

    private void next() {
        char c = source.charAt(offset);
        if (c == '\'') {
            quoted(Kind.STRING, offset, '\'');
        } else if ((c == 'N' || c == 'n') && peek(1) == '\'') {
            offset++;
            quoted(Kind.NATIONAL_STRING, offset - 1, '\'');
        } else if (c == '[') {
            quoted(Kind.QUOTED_NAME, offset, ']');
        } else if (c == '"') {
            quoted(Kind.QUOTED_NAME, offset, '"');
        } else if (c == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
            add(Kind.BINARY, offset, endOf(offset + 2, "0123456789abcdefABCDEF"));
        } else if (Character.isDigit(c) || c == '.' && Character.isDigit(peek(1))) {
            number();
        } else if (c == '$' && Character.isDigit(peek(1))) {
            add(Kind.MONEY, offset, endOf(offset + 1, "0123456789.,"));
        } else if (isNameStart(c)) {
            word();
        } else {
            symbol();
        }
    }

    private void word() {
        int end = offset;
        while (end < source.length() && isNamePart(source.charAt(end))) {
            end++;
        }
        Matcher batchEnd = BATCH_END.matcher(source).region(offset, source.length());
        if (end - offset == 2 && source.substring(lineStart, offset).isBlank() && batchEnd.lookingAt()) {
            add(Kind.BATCH_END, offset, batchEnd.end());
            return;
        }
        add(source.charAt(offset) == '@' ? Kind.VARIABLE : Kind.WORD, offset, end);
    }

    private void number() {
        Matcher matcher = NUMBER.matcher(source).region(offset, source.length());
        matcher.lookingAt();
        boolean point = matcher.group(1) != null || matcher.group(2) != null;
        Kind kind = matcher.group(3) != null ? Kind.FLOAT : point ? Kind.DECIMAL : Kind.INTEGER;
        add(kind, offset, matcher.end());
    }

    private void symbol() {
        for (String symbol : SYMBOLS) {
            if (source.startsWith(symbol, offset)) {
                add(Kind.SYMBOL, offset, offset + symbol.length());
                return;
            }
        }
        throw failure(CommonError.SYNTAX_ERROR, here(), "Incorrect syntax near '%s'.",
            new String(Character.toChars(source.codePointAt(offset))));
    }

    /** A text or name up to its end sign, which stands for itself when doubled. */
    private void quoted(Kind kind, int start, char endSign) {
        Place place = Place.at(line, start - lineStart + 1);
        int startLine = line;
        int startColumn = start - lineStart + 1;
        StringBuilder text = new StringBuilder();
        offset++;
        while (true) {
            if (offset >= source.length()) {
                throw failure(CommonError.SYNTAX_ERROR, place, "Unclosed quotation mark after the character string '%s'.", shortened(text));
            }
            char c = source.charAt(offset++);
            if (c == endSign) {
                if (peek(0) != endSign) {
                    break;
                }
                offset++;
            } else if (c == '\n') {
                newLine();
            }
            text.append(c);
        }
        tokens.add(new Token(kind, text.toString(), startLine, startColumn, start, offset));
    }

    private static String shortened(StringBuilder text) {
        return text.length() > 40 ? text.substring(0, 40) : text.toString();
    }

    private void skipBlank() {
        while (offset < source.length()) {
            char c = source.charAt(offset);
            if (c == '\n') {
                offset++;
                newLine();
            } else if (Character.isWhitespace(c) || c == '\uFEFF' || c == '\u00A0') {
                offset++;
            } else if (source.startsWith("--", offset)) {
                int end = source.indexOf('\n', offset);
                offset = end < 0 ? source.length() : end;
            } else if (source.startsWith("/*", offset)) {
                comment();
            } else {
                return;
            }
        }
    }

    /** Comments nest, as in SQL Server. */
    private void comment() {
        Place place = here();
        int depth = 0;
        do {
            if (offset >= source.length()) {
                throw failure(CommonError.SYNTAX_ERROR, place, "Missing end comment mark '*/'.");
            }
            if (source.startsWith("/*", offset)) {
                depth++;
                offset += 2;
            } else if (source.startsWith("*/", offset)) {
                depth--;
                offset += 2;
            } else if (source.charAt(offset++) == '\n') {
                newLine();
            }
        } while (depth > 0);
    }

    private void newLine() {
        line++;
        lineStart = offset;
    }

    private void add(Kind kind, int start, int end) {
        tokens.add(new Token(kind, source.substring(start, end), line, start - lineStart + 1, start, end));
        offset = end;
    }

    private int endOf(int from, String characters) {
        int end = from;
        while (end < source.length() && characters.indexOf(source.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    private char peek(int ahead) {
        return offset + ahead < source.length() ? source.charAt(offset + ahead) : '\0';
    }

    private Place here() {
        return Place.at(line, offset - lineStart + 1);
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_' || c == '@' || c == '#' || Character.isSurrogate(c);
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || Character.isDigit(c) || c == '$';
    }
}
