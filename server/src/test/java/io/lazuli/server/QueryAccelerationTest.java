package io.lazuli.server;

import static io.lazuli.server.QueryWorld.ORDERS;
import static io.lazuli.server.QueryWorld.SALES;
import static io.lazuli.server.QueryWorld.json;
import static io.lazuli.server.QueryWorld.query;
import static io.lazuli.server.QueryWorld.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.models.BlobQueryParquetSerialization;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlobQueryOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Query acceleration, as Azure's own client sees it. */
class QueryAccelerationTest {
    @TempDir
    private Path folder;

    private QueryWorld world;

    @BeforeEach
    void start() {
        world = new QueryWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private String sales(String expression) {
        return query(world.put("sales.csv", SALES), expression, text(true), text(false));
    }

    private String orders(String expression) {
        return query(world.put("orders.json", ORDERS), expression, json(), json());
    }

    @Test
    void loadsAnEngineForTheFirstQueryOnly() {
        world.put("a.csv", "1,2\n");
        assertThat(world.enginesMade()).isEqualTo(0);
        query(world.blob("a.csv"), "SELECT _1 FROM BlobStorage", text(false), text(false));
        query(world.blob("a.csv"), "SELECT _2 FROM BlobStorage", text(false), text(false));
        assertThat(world.enginesMade()).isEqualTo(1);
    }

    @Test
    void selectsRowsOfDelimitedText() {
        assertThat(sales("SELECT * FROM BlobStorage WHERE price > 10")).isEqualTo("""
            1,"Chair, oak",12.5,2026-01-02T03:04:05Z
            2,table,100,2026-02-03T00:00:00+01:00
            """);
        assertThat(sales("select PRODUCT, \"sold at\" from BlobStorage where \"product\" like '%a%' limit 2")).isEqualTo("""
            "Chair, oak",2026-01-02T03:04:05Z
            table,2026-02-03T00:00:00+01:00
            """);
        assertThat(sales("SELECT _4, _1 FROM BlobStorage WHERE _1 IN (3, 4) AND NOT _2 LIKE 'L%'")).isEqualTo("never,4\n");
        assertThat(sales("SELECT id FROM BlobStorage WHERE price BETWEEN 7 AND 12.5")).isEqualTo("1\n4\n");
        assertThat(query(world.blob("sales.csv"), "SELECT id, product FROM BlobStorage WHERE id = 4", text(true), text(true)))
            .isEqualTo("id,product\n4,\"said \"\"hi\"\"\"\n");
    }

    @Test
    void computesWithFields() {
        assertThat(sales("SELECT CAST(id AS INT) * 2 + 1, price / 4, UPPER(product) FROM BlobStorage WHERE id = '1'"))
            .isEqualTo("3,3.125,\"CHAIR, OAK\"\n");
        assertThat(sales("SELECT CASE WHEN price >= 100 THEN 'dear' WHEN price IS NULL THEN 'free' ELSE 'cheap' END FROM BlobStorage "
            + "WHERE CAST(id AS INT) < 4")).isEqualTo("cheap\ndear\nfree\n");
        assertThat(sales("SELECT SUBSTRING('123456789', 1, 5), TRIM(BOTH '123' FROM '1112211Microsoft22211122'), TRIM('  x '), "
            + "CHAR_LENGTH(_2), COALESCE(NULLIF(_1, '1'), 'one') FROM BlobStorage LIMIT 1")).isEqualTo("23456,Microsoft,x,10,one\n");
    }

    @Test
    void cutsTheFractionOfANumberThatBecomesAnInt() {
        assertThat(sales("SELECT CAST(1.7 AS INT), CAST(-1.7 AS INT), CAST(price * 1 AS INT) FROM BlobStorage LIMIT 1"))
            .isEqualTo("1,-1,12\n");
    }

    @Test
    void anEmptyBlobHasNeitherNamesNorRows() {
        assertThat(query(world.put("empty.csv", ""), "SELECT * FROM BlobStorage", text(true), text(true))).isEmpty();
    }

    @Test
    void computesWithTimes() {
        assertThat(sales("SELECT TO_STRING(CAST(\"sold at\" AS TIMESTAMP), 'MMMM d, y H:m'), EXTRACT(MONTH FROM \"sold at\"), "
            + "DATE_ADD('minute', 1, TO_TIMESTAMP(\"sold at\")), DATE_DIFF('day', '2026-01-01', \"sold at\") "
            + "FROM BlobStorage WHERE id < 3"))
            .isEqualTo("\"January 2, 2026 3:4\",1,2026-01-02T03:05:05.000Z,1\n\"February 2, 2026 23:0\",2,2026-02-02T23:01:00.000Z,32\n");
    }

    @Test
    void aggregates() {
        assertThat(sales("SELECT COUNT(*), COUNT(CAST(price AS FLOAT)), SUM(price), AVG(price), MIN(CAST(price AS INT)), MAX(product) "
            + "FROM BlobStorage")).isEqualTo("4,3,119.5,39.833333333333336,7,table\n");
        assertThat(sales("SELECT SUM(price) / COUNT(*) AS mean FROM BlobStorage WHERE id = 'none'")).isEqualTo("\n");
    }

    @Test
    void selectsFromJson() {
        assertThat(orders("SELECT * FROM BlobStorage WHERE name = 'desk'")).isEqualTo("{\"id\":2,\"name\":\"desk\",\"tags\":[],"
            + "\"dimensions\":{\"length\":180,\"width\":80},\"warehouses\":[{\"latitude\":5.0,\"longitude\":6.0}]}\n");
        assertThat(orders("SELECT id, warehouses[0].longitude, tags[1] FROM BlobStorage[*]"))
            .isEqualTo("{\"id\":1,\"longitude\":-87.6,\"_3\":\"accessory\"}\n{\"id\":2,\"longitude\":6}\n");
        assertThat(orders("SELECT latitude FROM BlobStorage[*].warehouses[*] WHERE latitude > 1")).isEqualTo("""
            {"latitude":41.8}
            {"latitude":5}
            """);
        assertThat(orders("SELECT length FROM BlobStorage[*].dimensions WHERE width < 10")).isEqualTo("{\"length\":3}\n");
        assertThat(orders("SELECT name FROM BlobStorage WHERE price IS MISSING AND colour IS MISSING")).isEqualTo("{\"name\":\"desk\"}\n");
        assertThat(query(world.blob("orders.json"), "SELECT id, name, dimensions FROM BlobStorage", json(), text(false)))
            .isEqualTo("1,mouse,\"{\"\"length\"\":3,\"\"width\"\":2}\"\n2,desk,\"{\"\"length\"\":180,\"\"width\"\":80}\"\n");
    }

    @Test
    void turnsTextIntoJson() {
        assertThat(query(world.put("a.csv", "100,x\n200,y\n"), "SELECT * from BlobStorage", text(false), json()))
            .isEqualTo("{\"_1\":\"100\",\"_2\":\"x\"}\n{\"_1\":\"200\",\"_2\":\"y\"}\n");
    }

    @Test
    void selectsFromParquet() throws IOException {
        world.blob("n.parquet").uploadFromFile(world.numbers().toString(), true);
        assertThat(query(world.blob("n.parquet"), "SELECT text, n + 1 AS next FROM BlobStorage WHERE n >= 2",
            new BlobQueryParquetSerialization(), json())).isEqualTo("{\"text\":\"b\",\"next\":3}\n");
    }

    @Test
    void refusesWhatIsNoQuery() {
        for (String wrong : List.of("", "SELECT", "SELECT * FROM table", "SELECT * FROM BlobStorage WHERE",
            "SELECT nothing FROM BlobStorage",
            "SELECT id, COUNT(*) FROM BlobStorage", "SELECT FOO(id) FROM BlobStorage", "DELETE FROM BlobStorage",
            "SELECT sys.split(100) FROM BlobStorage", "SELECT id FROM BlobStorage GROUP BY id", "SELECT " + "(".repeat(5000))) {
            assertThatThrownBy(() -> sales(wrong)).as(wrong).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
                assertThat(failure.getStatusCode()).isEqualTo(400);
                assertThat(failure.getErrorCode().toString()).isEqualTo("InvalidInput");
            });
        }
        world.put("a.csv", "1,2\n");
        assertThatThrownBy(() -> query(world.blob("a.csv"), new BlobQueryOptions("SELECT * FROM BlobStorage", new ByteArrayOutputStream())
            .setRequestConditions(new BlobRequestConditions().setIfMatch("\"0x1\""))))
            .isInstanceOfSatisfying(BlobStorageException.class, failure -> assertThat(failure.getStatusCode()).isEqualTo(412));
        assertThatThrownBy(() -> query(world.blob("none"), "SELECT * FROM BlobStorage", text(false), text(false)))
            .isInstanceOfSatisfying(BlobStorageException.class, failure -> assertThat(failure.getStatusCode()).isEqualTo(404));
    }
}
