package io.lazuli.storage.authorisation;

import io.lazuli.governance.secret.SecretStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of storage accounts: 512 random bits each, made once for a data directory and kept among its secrets, in the vault
 * {@code storage-accounts}. The emulator's account has the key that every client knows, and only where nobody else can reach it.
 * Thread-safe.
 */
public final class AccountKeys {
    public static final String EMULATOR = "devstoreaccount1";
    private static final String EMULATOR_KEY =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final String VAULT = "storage-accounts";
    private static final int KEY_BYTES = 64;

    private final SecretStore secrets;
    private final boolean emulator;
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    /** {@code emulator} tells whether the emulator's account with its public key is open. */
    public AccountKeys(SecretStore secrets, boolean emulator) {
        this.secrets = secrets;
        this.emulator = emulator;
    }

    /** The accounts that have a key, by name. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        secrets.list().stream().filter(name -> name.vault().equals(VAULT)).forEach(name -> names.add(name.secret()));
        if (emulator) {
            names.add(EMULATOR);
        }
        return List.copyOf(names);
    }

    /** The account's key in base 64, made when it has none. */
    public String ensure(String account) {
        if (emulator && account.equals(EMULATOR)) {
            return EMULATOR_KEY;
        }
        String text = secrets.getOrMake(new SecretStore.Name(VAULT, account), () -> {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            return Base64.getEncoder().encodeToString(key);
        });
        known.remove(account);
        return text;
    }

    /** The account's key, empty when there is no such account. */
    public Optional<byte[]> find(String account) {
        Optional<byte[]> key = Optional.ofNullable(known.get(account));
        if (key.isEmpty() && account.matches("[a-z0-9]{3,24}")) {
            key = read(account);
            key.ifPresent(bytes -> known.put(account, bytes));
        }
        return key;
    }

    private Optional<byte[]> read(String account) {
        if (account.equals(EMULATOR)) {
            return emulator ? Optional.of(Base64.getDecoder().decode(EMULATOR_KEY)) : Optional.empty();
        }
        return secrets.get(new SecretStore.Name(VAULT, account)).map(Base64.getDecoder()::decode);
    }
}
