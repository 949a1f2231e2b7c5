package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules on the page, on T-SQL, data flows and files. */
class AccessPolicyTest {
    @TempDir
    private Path folder;
    private FlowWorld world;
    private String rules;

    @BeforeEach
    void open() throws IOException {
        String page = Files.readString(Path.of("../docs/access.md"));
        rules = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("\n```\n", page.indexOf("```yaml")));
        world = new FlowWorld(folder).csv("people", "people", "").csv("out", "out", "").table("table", "people")
            .file("people/a.csv", "id,name\n1,Ann\n2,Bob\n");
        world.sql("""
            CREATE TABLE dbo.people (id int, region varchar(10), email varchar(50), phone varchar(20), salary decimal(10,2), born date);
            INSERT INTO dbo.people VALUES (1, 'EU', 'ada@contoso.com', '123456', 10.5, '1990-01-02'),
                (2, 'US', 'bob@contoso.com', '1', 20, NULL), (3, 'EU', NULL, '12', NULL, NULL);""");
        use(rules);
    }

    private void use(String yaml) throws IOException {
        Files.writeString(folder.resolve("lazuli.yaml"), yaml);
    }

    @Test
    void queriesSeeTheRowsAndMaskedValues() {
        assertThat(world.sql("SELECT id, email, phone, salary FROM people ORDER BY id"))
            .containsExactly("1|aXXX@XXXX.com|1-xx-56|0.00", "3|null|-xx-|null");
        assertThat(world.sql("SELECT count(*) FROM people p WHERE EXISTS (SELECT 1 FROM people q WHERE q.region = 'US')"))
            .containsExactly("0");
        assertThat(world.sql("SELECT count(*) FROM people WHERE email = 'ada@contoso.com'")).containsExactly("0");
    }

    @Test
    void thoseWhoAreExceptedSeeAll() throws IOException {
        use(rules.replace("identity: analyst", "identity: Auditor"));
        assertThat(world.sql("SELECT id, email, phone FROM people ORDER BY id"))
            .containsExactly("1|ada@contoso.com|123456", "2|bob@contoso.com|1", "3|null|12");
    }

    @Test
    void changesReachOnlyTheRowsThatAreSeen() throws IOException {
        world.sql("UPDATE people SET born = '2000-01-01'; DELETE FROM people WHERE id <> 1;");
        use("{}");
        assertThat(world.sql("SELECT id, email, born FROM people ORDER BY id"))
            .containsExactly("1|ada@contoso.com|2000-01-01", "2|bob@contoso.com|null");
    }

    @Test
    void dataFlowsSeeNoMoreOfTablesAndFiles() {
        world.flow("f", List.of("t=table", "p=people"), List.of("out=out"), """
            source(allowSchemaDrift: true) ~> t
            source(output(id as integer, name as string)) ~> p
            t, p join(t@id == p@id, joinType: 'left') ~> j
            j select(mapColumn(id = t@id, name, email)) ~> s
            s sort(asc(id, true)) ~> o
            o sink(partitionFileNames:['x.csv'], partitionBy('hash', 1)) ~> out""");
        RunRecord run = world.run("f");
        assertThat(run.message()).isEmpty();
        assertThat(world.text("out/x.csv")).isEqualTo("id,name,email\n1,A***,aXXX@XXXX.com\n3,,\n");
    }

    @Test
    void upsertsNeitherTouchNorTellOfHiddenRows() throws IOException {
        world.file("people/a.csv", "id,name\n1,new\n2,new\n");
        use(rules.replaceFirst("(?s)    - files:.*", ""));
        world.flow("f", List.of("p=people"), List.of("t=table"), """
            source(output(id as integer, name as string)) ~> p
            p select(mapColumn(id, phone = name)) ~> s
            s alterRow(upsertIf(true())) ~> a
            a sink(insertable: false, upsertable: true, keys: ['id'], format: 'table') ~> t""");
        assertThat(world.run("f").message()).isEmpty();
        use("{}");
        assertThat(world.sql("SELECT id, region, phone FROM people ORDER BY id, phone"))
            .containsExactly("1|EU|new", "2|US|1", "2|null|new", "3|EU|12");
    }

    @Test
    void rulesThatDoNotFitAreRefused() throws IOException {
        use(rules.replace("salary: default()", "salery: default()"));
        assertThatThrownBy(() -> world.sql("SELECT * FROM people")).hasMessageContaining("masks a column 'salery', which is not there")
            .hasMessageContaining("did you mean 'salary'?");
        use(rules.replace("salary: default()", "salary: email()"));
        assertThatThrownBy(() -> world.sql("SELECT * FROM people")).hasMessageContaining("masks 'salary' by email(), which is not for");
        use(rules.replace("email: email()", "email: emial()"));
        assertThatThrownBy(() -> world.sql("SELECT * FROM people")).hasMessageContaining("by 'emial()'").hasMessageContaining("email()");
        use(rules.replace("region == 'EU'", "region"));
        assertThatThrownBy(() -> world.sql("SELECT * FROM people")).hasMessageContaining("it is no condition");
        use(rules.replace("- table: flows", "- files: x/y\n      table: flows"));
        assertThatThrownBy(() -> world.sql("SELECT 1")).hasMessageContaining("exactly one of 'table' and 'files'");
    }
}
