package io.lazuli.cli.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.cli.Lazuli;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class LineagePicturesTest {
    private static String lineage(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        String[] all = new String[arguments.length + 3];
        all[0] = "lineage";
        all[1] = "--workspace";
        all[2] = "../examples/retail";
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        int code = Lazuli.commandLine(new PrintWriter(out, true), new PrintWriter(error, true)).execute(all);
        assertThat(error.toString()).isEmpty();
        assertThat(code).isZero();
        return out.toString();
    }

    @Test
    void drawsABoxForEachDatasetAndALineForEachWayOfAValue() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new ByteArrayInputStream(lineage("build_marts", "--output", "svg").getBytes(StandardCharsets.UTF_8)));
        NodeList texts = svg.getElementsByTagName("text");
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < texts.getLength(); i++) {
            all.append(texts.item(i).getTextContent()).append('\n');
        }
        assertThat(all).contains("sales_table", "marts_csv", "customer_id");
        String dot = lineage("build_marts", "--output", "dot");
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo((int) dot.lines().filter(line -> line.contains(" -> ")).count());
    }
}
