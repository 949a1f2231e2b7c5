import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** Runs the SQL statements that it is given on a DuckDB in memory: what somebody would type who has no pipeline. */
class Statements {
    public static void main(String[] statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }
}
