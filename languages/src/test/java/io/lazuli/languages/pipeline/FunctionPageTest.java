package io.lazuli.languages.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.languages.pipeline.function.Category;
import io.lazuli.languages.pipeline.function.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table of functions in {@code docs/expressions.md} is made from the functions' signatures. */
class FunctionPageTest {
    private static final Path PAGE = Path.of("../docs/expressions.md");
    private static final String BEGIN = "<!-- functions: begin -->\n";
    private static final String END = "<!-- functions: end -->";

    /** With the system property {@code pages.write} the page is brought up to date instead of being compared. */
    @Test
    void showsEveryFunctionWithItsMeaningAndExample() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (Boolean.getBoolean("pages.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + tables() + page.substring(end));
        } else {
            assertThat(page.substring(begin, end)).isEqualTo(tables());
        }
    }

    private static String tables() {
        StringBuilder text = new StringBuilder();
        for (Category category : Category.values()) {
            String title = category.name().charAt(0) + category.name().substring(1).toLowerCase(Locale.ROOT);
            text.append("### ").append(title).append("\n\n| function | what it does | example |\n|---|---|---|\n");
            FunctionTable.signatures().stream().filter(signature -> signature.category() == category).map(FunctionPageTest::row)
                .forEach(text::append);
            text.append('\n');
        }
        return text.toString();
    }

    private static String row(Signature signature) {
        String result = signature.exampleResult() == null ? "" : " → `" + signature.exampleResult() + "`";
        return "| `" + signature + "` | " + signature.documentation().replace("|", "\\|") + " | `" + signature
            .example() + "`" + result + " |\n";
    }
}
