package io.lazuli.cli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeNames;
import io.lazuli.storage.authorisation.AccountKeys;
import java.util.List;
import java.util.TreeSet;

/** The storage accounts of a workspace: those that hold something or are configured, those that were asked for, and the emulator's. */
final class Accounts {
    private Accounts() {
    }

    /** All of them, by name, each with a key. */
    static List<String> make(AccountKeys keys, Lake lake, List<String> wanted) {
        TreeSet<String> accounts = new TreeSet<>();
        wanted.forEach(name -> accounts.add(LakeNames.account(name)));
        lake.accounts().stream().filter(Accounts::isName).forEach(accounts::add);
        keys.names().forEach(accounts::add);
        accounts.forEach(keys::ensure);
        return List.copyOf(accounts);
    }

    private static boolean isName(String folder) {
        try {
            LakeNames.account(folder);
            return true;
        } catch (LazuliException otherFolder) {
            return false;
        }
    }

    /** The account that was named, or the only one besides the emulator's, or the emulator's. */
    static String choose(AccountKeys keys, String given) {
        List<String> all = keys.names();
        if (given != null) {
            if (!all.contains(given)) {
                throw failure(CommonError.NOT_FOUND, "There is no storage account '%s'%s; lazuli up --account %s makes it", given,
                    NearestName.hint(given, all), LakeNames.account(given));
            }
            return given;
        }
        List<String> own = all.stream().filter(name -> !name.equals(AccountKeys.EMULATOR)).toList();
        if (own.size() > 1) {
            throw failure(CommonError.INVALID_ARGUMENT, "There are several storage accounts, %s: choose one with --account",
                String.join(", ", own));
        }
        return own.isEmpty() ? AccountKeys.EMULATOR : own.getFirst();
    }
}
