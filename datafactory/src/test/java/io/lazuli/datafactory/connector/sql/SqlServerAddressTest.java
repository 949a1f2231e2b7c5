package io.lazuli.datafactory.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.foundation.Place;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SqlServerAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"connectionString\": \"Server=tcp:Contoso.database.windows.net,1433;Initial Catalog=Sales;User ID=x\"} "
            + "| contoso.database.windows.net/Sales",
        "{\"connectionString\": \"data source=myserver;DATABASE='a;b';Integrated Security=False\"} | myserver/a;b",
        "{\"server\": \"contoso.database.windows.net\", \"database\": \"dw\", \"authenticationType\": \"SQL\"} "
            + "| contoso.database.windows.net/dw",
        "{\"connectionString\": {\"type\": \"SecureString\"}} | Warehouse/Warehouse",
        "{\"connectionString\": \"Integrated Security=True\"} | Warehouse/Warehouse"})
    void findsServerAndDatabase(String properties, String expected) {
        ObjectNode json = (ObjectNode) new JsonMapper().readTree(properties);
        SqlServerAddress address = SqlServerAddress.of(new ResolvedLinkedService("Warehouse", "AzureSqlDatabase", json, Place.UNKNOWN));
        assertThat(address.key()).isEqualToIgnoringCase(expected);
    }
}
