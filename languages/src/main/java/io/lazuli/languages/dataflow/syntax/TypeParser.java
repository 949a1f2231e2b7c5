package io.lazuli.languages.dataflow.syntax;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.syntax.Token.Kind;
import java.util.Optional;

/** Parses types: {@code string}, {@code decimal(10,2)}, {@code integer[]}, {@code [string,long]}, {@code (a as string)[]}. */
final class TypeParser {
    private final TokenStream tokens;

    TypeParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    TypeName type() {
        return tokens.nested(() -> {
            TypeName type = element();
            while (tokens.accept("[", "]")) {
                type = new TypeName.Array(type);
            }
            return type;
        });
    }

    /** {@code name as type 'format'}. */
    TypeName.Member member() {
        Token name = tokens.peek();
        tokens.name();
        return member(name);
    }

    /** The same, after the name. */
    TypeName.Member member(Token name) {
        tokens.expect("as");
        TypeName type = type();
        boolean formatted = tokens.at(Kind.STRING) || tokens.at(Kind.INTERPOLATED);
        Optional<String> format = formatted ? Optional.of(tokens.next().text()) : Optional.empty();
        return new TypeName.Member(name.text(), type, format, name.at());
    }

    private TypeName element() {
        if (tokens.at("(")) {
            return new TypeName.Structure(tokens.inParentheses(this::member));
        }
        if (tokens.accept("[")) {
            TypeName key = type();
            tokens.expect(",");
            TypeName value = type();
            tokens.expect("]");
            return new TypeName.Map(key, value);
        }
        return scalar();
    }

    private TypeName scalar() {
        if (!tokens.at(Kind.WORD)) {
            throw tokens.unexpected("a type");
        }
        Token name = tokens.next();
        if (!TypeName.SCALARS.contains(name.text())) {
            throw failure(CommonError.SYNTAX_ERROR, name.at(), "'%s' is no type%s", name.text(),
                NearestName.hint(name.text(), TypeName.SCALARS));
        }
        if (!name.text().equals("decimal") || !tokens.accept("(")) {
            return new TypeName.Scalar(name.text(), -1, -1);
        }
        int precision = digits();
        int scale = tokens.accept(",") ? digits() : -1;
        tokens.expect(")");
        if (precision < 1 || precision > 38 || scale > precision) {
            throw failure(CommonError.SYNTAX_ERROR, name.at(), "A decimal has 1 to 38 digits, and no more of them after the point");
        }
        return new TypeName.Scalar("decimal", precision, scale);
    }

    private int digits() {
        if (!tokens.at(Kind.NUMBER) || !tokens.peek().text().matches("\\d{1,2}")) {
            throw tokens.unexpected("a number of digits");
        }
        return Integer.parseInt(tokens.next().text());
    }
}
