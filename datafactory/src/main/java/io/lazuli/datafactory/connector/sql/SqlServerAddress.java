package io.lazuli.datafactory.connector.sql;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The server and database that a linked service names, by {@code server} and {@code database} or by an ADO.NET connection string.
 *
 * @param server without protocol and port, in lower case
 */
public record SqlServerAddress(String server, String database) {
    private static final Set<String> TYPES = Set.of("AzureSqlDatabase", "AzureSqlDW", "AzureSqlMI", "SqlServer", "AmazonRdsForSqlServer");
    private static final String[] SERVER = {"server", "Data Source", "Address", "Addr", "Network Address"};
    private static final String[] DATABASE = {"database", "Initial Catalog"};

    /** Whether linked services of that type speak T-SQL. */
    public static boolean isSqlServer(String linkedServiceType) {
        return TYPES.contains(linkedServiceType);
    }

    /** A linked service that names no server or no database is one by its own name. */
    public static SqlServerAddress of(ResolvedLinkedService service) {
        Map<String, String> parts = parts(service.typeProperties().path("connectionString").asString(""));
        service.typeProperties().properties().stream().filter(entry -> entry.getValue().isString())
            .forEach(entry -> parts.put(entry.getKey(), entry.getValue().asString()));
        String server = first(parts, SERVER);
        String database = first(parts, DATABASE);
        return of(server.isEmpty() ? service.name() : server, database.isEmpty() ? service.name() : database);
    }

    /** {@code tcp:contoso.database.windows.net,1433} is {@code contoso.database.windows.net}. */
    public static SqlServerAddress of(String server, String database) {
        String host = server.strip().replaceFirst("(?i)^(tcp|np|lpc):", "").replaceFirst("\\s*,\\s*\\d+$", "");
        return new SqlServerAddress(host.toLowerCase(Locale.ROOT), database.strip());
    }

    /** The name by which the engine knows the database. */
    public String key() {
        return server + "/" + database;
    }

    /** An address as {@link #key} writes it. */
    public static SqlServerAddress parse(String key) {
        int slash = key.lastIndexOf('/');
        if (slash < 1 || slash == key.length() - 1) {
            throw failure(DataFactoryError.WRONG_TYPE, "'%s' is no database; expected SERVER/DATABASE, such as "
                + "contoso.database.windows.net/sales", key);
        }
        return of(key.substring(0, slash), key.substring(slash + 1));
    }

    /** Keywords ignore case; values may be quoted, and then hold semicolons. */
    static Map<String, String> parts(String connectionString) {
        Map<String, String> parts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int at = 0;
        while (at < connectionString.length()) {
            int equals = connectionString.indexOf('=', at);
            if (equals < 0) {
                return parts;
            }
            int start = equals + 1;
            while (start < connectionString.length() && connectionString.charAt(start) == ' ') {
                start++;
            }
            char quote = start < connectionString.length() ? connectionString.charAt(start) : ' ';
            boolean quoted = (quote == '"' || quote == '\'') && connectionString.indexOf(quote, start + 1) > 0;
            int close = quoted ? connectionString.indexOf(quote, start + 1) : start;
            int end = connectionString.indexOf(';', close);
            end = end < 0 ? connectionString.length() : end;
            String value = quoted ? connectionString.substring(start + 1, close) : connectionString.substring(start, end).strip();
            parts.put(connectionString.substring(at, equals).strip(), value);
            at = end + 1;
        }
        return parts;
    }

    private static String first(Map<String, String> parts, String[] names) {
        for (String name : names) {
            String value = parts.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
