package io.lazuli.engine.duckdb;

import static io.lazuli.engine.duckdb.World.column;
import static io.lazuli.engine.duckdb.World.field;
import static io.lazuli.engine.duckdb.World.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.AlterTable;
import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.DeleteRows;
import io.lazuli.algebra.engine.DropTable;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.MergeRows;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.TruncateTable;
import io.lazuli.algebra.engine.UpdateRows;
import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
    private static final Schema ROW = Schema.of(field("Id", ScalarType.INT32), field("Name", ScalarType.STRING));
    private static final CreateTable.Column ID =
        new CreateTable.Column("Id", ScalarType.INT32, "int", false, Optional.empty(), Optional.empty(), Optional.empty());
    private static final CreateTable.Column NAME = new CreateTable.Column(
        "Name", ScalarType.STRING, "nvarchar(5)", true, Optional.of(5), Optional.of(Literal.string("it's")), Optional.empty());
    private static final CreateTable.Column NUMBER = new CreateTable.Column("Number", ScalarType.INT64, "bigint", false,
        Optional.empty(), Optional.empty(), Optional.of(new CreateTable.Identity(10, 5)));

    @TempDir
    private Path folder;
    private World world;

    @BeforeEach
    void open() {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private long run(Command command) {
        return world.session.execute(command, Execution.UNWATCHED);
    }

    private void createCustomer(List<String> key) {
        run(new CreateTable(table("Customer"), List.of(ID, NAME), key, false));
    }

    private long insert(Object... cells) {
        return run(new InsertRows(table("customer"), List.of("Id", "Name"), World.values(ROW, cells)));
    }

    private static void assertFails(ThrowingCallable work, ErrorCode code, String... parts) {
        assertThatThrownBy(work).isInstanceOfSatisfying(LazuliException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).contains(parts);
        });
    }

    @Test
    void tellsTablesAsTheyWereCreated() {
        List<CreateTable.Column> columns = List.of(ID, NAME, NUMBER,
            new CreateTable.Column("Price", new DecimalType(10, 2), "money", true, Optional.empty(),
                Optional.of(Cast.strict(Literal.int32(1), new DecimalType(10, 2))), Optional.empty()));
        run(new CreateTable(table("Customer"), columns, List.of("Id"), false));
        assertThat(world.session.catalog(World.DATABASE).table("DBO", "cusTOMer"))
            .contains(new Catalog.Table(table("Customer"), columns, List.of("Id")));
        assertThat(world.session.catalog(World.DATABASE).tables()).containsExactly(table("Customer"));
        world.close();
        world = new World(folder);
        assertThat(world.session.catalog(World.DATABASE.toUpperCase(Locale.ROOT)).table("dbo", "Customer")).isPresent();
    }

    @Test
    void fillsDefaultsAndIdentities() {
        run(new CreateTable(table("Customer"), List.of(ID, NAME, NUMBER), List.of(), false));
        assertThat(run(new InsertRows(table("Customer"), List.of("Id"),
            World.values(Schema.of(field("x", ScalarType.INT32)), 1, 2)))).isEqualTo(2);
        assertThat(world.rowsOf(table("Customer"))).containsExactly(List.of(1, "it's", 10L), List.of(2, "it's", 15L));
        assertThat(run(new TruncateTable(table("Customer")))).isEqualTo(2);
        run(new InsertRows(table("Customer"), List.of("Id"), World.values(Schema.of(field("x", ScalarType.INT32)), 7)));
        assertThat(world.rowsOf(table("Customer"))).containsExactly(List.of(7, "it's", 10L));
    }

    @Test
    void altersTablesAndKeepsTheirRowsAndNumbers() {
        run(new CreateTable(table("Customer"), List.of(ID, NAME, NUMBER), List.of(), false));
        run(new InsertRows(table("Customer"), List.of("Id"), World.values(Schema.of(field("x", ScalarType.INT32)), 1, 2)));
        CreateTable.Column text = new CreateTable.Column(
            "Id", ScalarType.STRING, "varchar(9)", false, Optional.of(9), Optional.empty(), Optional.empty());
        CreateTable.Column extra = new CreateTable.Column(
            "Extra", ScalarType.INT32, "int", true, Optional.empty(), Optional.of(Literal.int32(7)), Optional.empty());
        run(new AlterTable(table("customer"), List.of(text, NUMBER, extra), List.of("Id")));
        assertThat(world.session.catalog(World.DATABASE).table("dbo", "Customer"))
            .contains(new Catalog.Table(table("Customer"), List.of(text, NUMBER, extra), List.of("Id")));
        run(new InsertRows(table("Customer"), List.of("Id"), World.values(Schema.of(field("x", ScalarType.STRING)), "3")));
        List<Object> withoutExtra = Arrays.asList("1", 10L, null);
        assertThat(world.rowsOf(table("Customer"))).containsExactly(withoutExtra, Arrays.asList("2", 15L, null), List.of("3", 20L, 7));
    }

    @Test
    void keepsATableWhoseAlterationFails() {
        createCustomer(List.of());
        insert(1, "abc");
        CreateTable.Column number =
            new CreateTable.Column("Name", ScalarType.INT32, "int", true, Optional.empty(), Optional.empty(), Optional.empty());
        assertFails(() -> run(new AlterTable(table("Customer"), List.of(ID, number), List.of())), AlgebraError.CONVERSION_FAILED, "abc");
        assertThat(world.rowsOf(table("Customer"))).containsExactly(List.of(1, "abc"));
    }

    @Test
    void refusesTextsThatAreTooLong() {
        createCustomer(List.of());
        assertFails(() -> insert(1, "abcdef"), AlgebraError.CONVERSION_FAILED,
            "String or binary data would be truncated", "dbo.Customer", "'Name'", "'abcde'");
        assertThat(insert(1, "12345")).isEqualTo(1);
    }

    @Test
    void refusesNullsAndDoubleKeys() {
        createCustomer(List.of("Id"));
        insert(1, "a");
        assertFails(() -> insert(null, "b"), AlgebraError.CONSTRAINT_VIOLATED, "Customer.Id");
        assertFails(() -> insert(1, "b"), AlgebraError.CONSTRAINT_VIOLATED, "Id: 1");
        assertThat(world.rowsOf(table("Customer"))).containsExactly(List.of(1, "a"));
    }

    @Test
    void updatesAndDeletesRows() {
        createCustomer(List.of());
        insert(1, "a", 2, "b", 3, null);
        Expression isTwo = Call.of(ComparisonOperators.EQUAL, column("Id", ScalarType.INT32), Literal.int32(2));
        assertThat(run(new UpdateRows(table("Customer"), List.of(new NamedExpression("Name", Literal.string("z"))), isTwo))).isEqualTo(1);
        assertThat(run(new DeleteRows(table("Customer"), Call.of(ComparisonOperators.IS_NULL, column("Name", ScalarType.STRING)))))
            .isEqualTo(1);
        assertThat(world.rowsOf(table("Customer"))).containsExactlyInAnyOrder(List.of(1, "a"), List.of(2, "z"));
    }

    @Test
    void mergesByKeysWithAndWithoutAPrimaryKey() {
        for (List<String> key : List.of(List.<String>of(), List.of("Id"))) {
            createCustomer(key);
            insert(1, "a", 2, "b");
            assertThat(run(new MergeRows(table("Customer"), List.of("Id", "Name"), List.of("Id"), World.values(ROW, 2, "z", 3, "c"))))
                .isEqualTo(2);
            assertThat(world.rowsOf(table("Customer"))).containsExactlyInAnyOrder(List.of(1, "a"), List.of(2, "z"), List.of(3, "c"));
            run(new DropTable(table("Customer"), false));
        }
    }

    @Test
    void refusesToMergeAKeyTwice() {
        createCustomer(List.of());
        assertFails(() -> run(new MergeRows(table("Customer"), List.of("Id", "Name"), List.of("Id"),
            World.values(ROW, 2, "z", 2, "c"))), AlgebraError.CONSTRAINT_VIOLATED, "(Id) = (2)");
        assertThat(world.rowsOf(table("Customer"))).isEmpty();
    }

    @Test
    void namesTheNearestTable() {
        createCustomer(List.of());
        assertFails(() -> run(new TruncateTable(table("Custmer"))), AlgebraError.TABLE_NOT_FOUND, "dbo.Custmer", "dbo.Customer");
        assertFails(() -> createCustomer(List.of()), AlgebraError.TABLE_EXISTS, "dbo.Customer");
        run(new DropTable(table("nothing"), true));
    }

    @Test
    void rollsBackATransaction() {
        createCustomer(List.of());
        world.session.begin();
        insert(1, "a");
        assertThat(world.rowsOf(table("Customer"))).hasSize(1);
        try (Session other = world.engine.open()) {
            assertThat(World.rows(other.query(world.scan(new TableSource(table("Customer"))),
                Execution.UNWATCHED))).isEmpty();
        }
        world.session.rollback();
        assertThat(world.rowsOf(table("Customer"))).isEmpty();
        world.session.begin();
        insert(1, "a");
        world.session.commit();
        assertThat(world.rowsOf(table("Customer"))).hasSize(1);
    }

    @Test
    void refusesADatabaseThatAnotherEngineHolds() throws Exception {
        createCustomer(List.of());
        Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), TablesTest.class.getName(),
            folder.toString()).redirectErrorStream(true).start();
        String output = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor()).isZero();
        assertThat(output).contains(CommonError.IN_USE.name(), "open in another process");
    }

    /** Another process that asks for the tables. */
    public static void main(String[] arguments) {
        try (World world = new World(Path.of(arguments[0]))) {
            System.out.println(world.session.catalog(World.DATABASE).tables());
        } catch (LazuliException e) {
            System.out.println(e.code() + " " + e.getMessage());
        }
    }

    @Test
    void tellsConversionsOverflowsAndDivisions() {
        assertFails(() -> world.value(Cast.strict(Literal.string("12.7"), ScalarType.INT32)), AlgebraError.CONVERSION_FAILED, "'12.7'");
        assertFails(() -> world.value(Cast.strict(Literal.string("x"), new DecimalType(4, 2))), AlgebraError.CONVERSION_FAILED, "x");
        assertFails(() -> world.value(Cast.strict(Literal.int32(300), ScalarType.UINT8)), AlgebraError.CONVERSION_FAILED, "300");
        assertThat(world.value(Cast.orNull(Literal.string("0x10"), ScalarType.INT64))).isNull();
        assertThat(world.value(Cast.strict(Literal.string(" -7 "), ScalarType.INT16))).isEqualTo((short) -7);
        assertThat(world.value(Cast.strict(Literal.string("1.50"), new DecimalType(4, 2)))).isEqualTo(new BigDecimal("1.50"));
    }

    @Test
    void stopsACancelledQuery() {
        long[] many = new long[1000];
        Arrays.setAll(many, i -> i);
        Plan rows = World.numbers("a", many);
        for (String name : List.of("b", "c", "d")) {
            rows = Join.cross(rows, World.numbers(name, many));
        }
        Plan sum = new Aggregate(rows, List.of(), List.of(new NamedExpression("s",
            AggregateCall.of(AggregateOperators.SUM,
                column("d", ScalarType.INT64)))));
        // Before it begins, meanwhile and thereafter.
        for (int millis : new int[] {0, 3, 30, 200}) {
            Execution cancelled = new Execution() {
                @Override
                public void progress(long count, long bytes) {
                }

                @Override
                public void onCancel(Runnable action) {
                    Thread.startVirtualThread(() -> {
                        LockSupport.parkNanos(millis * 1_000_000L);
                        action.run();
                    });
                }
            };
            assertFails(() -> World.rows(world.session.query(sum, cancelled)), CommonError.CANCELLED, "cancelled");
        }
    }

    /** Else a file of the rows that came before would look whole. */
    @Test
    void rowsOfACancelledQueryDoNotEndAsIfTheyWereAll() {
        long[] many = new long[1000];
        Plan rows = Join.cross(Join.cross(World.numbers("a", many), World.numbers("b", many)), World.numbers("c", many));
        List<Runnable> cancellation = new ArrayList<>();
        Execution cancelled = new Execution() {
            @Override
            public void progress(long count, long bytes) {
            }

            @Override
            public void onCancel(Runnable action) {
                cancellation.add(action);
            }
        };
        try (RowCursor cursor = world.session.query(rows, cancelled)) {
            assertThat(cursor.next()).isTrue();
            cancellation.forEach(Runnable::run);
            assertFails(() -> {
                while (cursor.next()) {
                    assertThat(cursor.value(0)).isEqualTo(0L);
                }
            }, CommonError.CANCELLED, "cancelled");
        }
    }
}
