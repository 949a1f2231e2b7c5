package io.lazuli.datafactory.copy;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.foundation.CommonError;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The engine's database of the server and database that a linked service names. */
record LocalDatabase(Engine engine, String name) implements CopyDatabase {
    private static final Set<String> TYPES = Set.of("AzureSqlDatabase", "AzureSqlDW", "AzureSqlMI", "SqlServer");

    static boolean isDatabase(String linkedServiceType) {
        return TYPES.contains(linkedServiceType);
    }

    /** The database by {@code server} and {@code database}, or by the connection string's parts of those meanings. */
    static LocalDatabase of(Engine engine, ResolvedLinkedService service) {
        Map<String, String> parts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String part : service.typeProperties().path("connectionString").asString("").split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
            }
        }
        service.typeProperties().properties().forEach(entry -> parts.put(entry.getKey(), entry.getValue().asString("")));
        String server = first(parts, "server", "Data Source", "Address", "Addr", "Network Address");
        String database = first(parts, "database", "Initial Catalog");
        String host = (server.isEmpty() ? service.name() : server).replaceFirst("(?i)^tcp:", "").replaceFirst(",\\d+$", "");
        return new LocalDatabase(engine, host.toLowerCase(Locale.ROOT) + "/" + (database.isEmpty() ? service.name() : database));
    }

    private static String first(Map<String, String> parts, String... names) {
        for (String name : names) {
            String value = parts.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    @Override
    public Session open() {
        return engine.open();
    }

    @Override
    public Plan query(Session session, String text) {
        throw failure(CommonError.NOT_SUPPORTED, "A copy's sqlReaderQuery is not supported");
    }

    @Override
    public Plan procedure(Session session, String name, JsonNode parameters) {
        throw failure(CommonError.NOT_SUPPORTED, "A copy's sqlReaderStoredProcedureName is not supported");
    }

    @Override
    public void script(Session session, String text) {
        throw failure(CommonError.NOT_SUPPORTED, "A copy's preCopyScript is not supported");
    }
}
