package io.lazuli.datafactory.connector.sql;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.configuration.LinkedServiceSettings;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.type.SqlError;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Connections to a real database by its vendor's driver, and what its errors are here. */
final class JdbcConnection {
    private static final Map<String, String> DRIVERS = Map.of("jdbc:sqlserver:", "com.microsoft.sqlserver:mssql-jdbc",
        "jdbc:postgresql:", "org.postgresql:postgresql", "jdbc:mysql:", "com.mysql:mysql-connector-j", "jdbc:oracle:",
        "com.oracle.database.jdbc:ojdbc11");
    /** By SQL Server and MySQL, PostgreSQL, H2. */
    private static final Set<String> NO_TABLE = Set.of("42S02", "42P01", "42S03", "42S04");
    private static final int ORACLE_NO_TABLE = 942;
    private static final int SEVERITY = 16;

    private JdbcConnection() {
    }

    static Connection open(String linkedService, LinkedServiceSettings.Jdbc settings) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(settings.properties());
        if (settings.user() != null) {
            properties.setProperty("user", settings.user());
        }
        if (settings.password() != null) {
            properties.setProperty("password", settings.password().value());
        }
        try {
            DriverManager.getDriver(settings.url());
        } catch (SQLException missing) {
            String jar = DRIVERS.entrySet().stream().filter(driver -> settings.url().startsWith(driver.getKey())).map(Map.Entry::getValue)
                .findFirst().orElse("its vendor's driver");
            throw failure(CommonError.NOT_FOUND, "There is no driver for '%s' of linked service '%s' on the class path; name the jar of %s "
                + "in the environment variable LAZULI_CLASSPATH",
                settings.url().replaceFirst("^(jdbc:\\w+:).*", "$1"), linkedService, jar, missing);
        }
        return DriverManager.getConnection(settings.url(), properties);
    }

    /** The database's own number and text; {@code TABLE_NOT_FOUND} when a table is missing. */
    static LazuliException failed(SQLException problem) {
        boolean table = NO_TABLE.contains(String.valueOf(problem.getSQLState())) || problem.getErrorCode() == ORACLE_NO_TABLE;
        SqlError error = new SqlError(table ? "TABLE_NOT_FOUND" : "SQL_ERROR", problem.getErrorCode(), SEVERITY, 1);
        return new LazuliException(error, Place.UNKNOWN, problem.getMessage(), problem);
    }
}
