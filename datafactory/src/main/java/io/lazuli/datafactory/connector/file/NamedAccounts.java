package io.lazuli.datafactory.connector.file;

import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.configuration.LinkedServiceSettings;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.workspace.LinkedService;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.LakeNames;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The storage accounts that a workspace's linked services name. What they name by expressions is known only when something runs. */
public final class NamedAccounts {
    private NamedAccounts() {
    }

    /** All that can be known, by name; linked services that mean a directory of this machine, or a real system, have none. */
    public static SortedSet<String> of(Workspace workspace, LazuliConfiguration configuration) {
        SortedSet<String> accounts = new TreeSet<>();
        workspace.linkedServices().values().stream().filter(service -> FileStores.isAccount(service.type()))
            .forEach(service -> account(service, configuration.linkedService(service.name())).ifPresent(accounts::add));
        return accounts;
    }

    private static Optional<String> account(LinkedService service, Optional<LinkedServiceSettings> settings) {
        if (settings.filter(some -> some.mode() != LinkedServiceSettings.Mode.LOCAL || some.directory() != null).isPresent()) {
            return Optional.empty();
        }
        Optional<String> given = settings.map(LinkedServiceSettings::account).map(name -> name.toLowerCase(Locale.ROOT));
        if (given.isPresent()) {
            return given;
        }
        ResolvedLinkedService resolved =
            new ResolvedLinkedService(service.name(), service.type(), service.typeProperties(), service.place());
        try {
            return StorageAddress.ADDRESSES.stream().anyMatch(property -> isExpression(service.typeProperties().path(property)))
                ? Optional.empty() : Optional.of(LakeNames.account(StorageAddress.account(resolved)));
        } catch (LazuliException noAccount) {
            // lazuli check tells.
            return Optional.empty();
        }
    }

    private static boolean isExpression(JsonNode value) {
        String text = value.isObject() ? value.path("value").asString("") : value.asString("");
        return text.startsWith("@") && !text.startsWith("@@") || text.contains("@{");
    }
}
