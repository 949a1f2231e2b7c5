package io.lazuli.governance.secret;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The key vaults of a data directory: secrets by vault and name (case ignored, as in Azure), each value encrypted in the file
 * {@code secrets}. The environment variable {@code LAZULI_SECRET_VAULT_NAME} goes first: upper case, other signs than letters and digits
 * replaced by {@code _}.
 */
public final class SecretStore {
    /** Which secret: the vault's name as in its address, the secret's name. */
    public record Name(String vault, String secret) implements Comparable<Name> {
        public Name {
            vault = vault.toLowerCase(Locale.ROOT);
            secret = secret.toLowerCase(Locale.ROOT);
            if (!vault.matches("[a-z0-9-]+") || !secret.matches("[a-z0-9-]+")) {
                throw failure(CommonError.INVALID_ARGUMENT,
                    "'%s/%s' is no name of a secret: vault and secret have letters, digits and hyphens", vault, secret);
            }
        }

        /** The environment variable that gives the secret's value. */
        public String variable() {
            return ("LAZULI_SECRET_" + vault + "_" + secret).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        }

        @Override
        public int compareTo(Name other) {
            int byVault = vault.compareTo(other.vault);
            return byVault != 0 ? byVault : secret.compareTo(other.secret);
        }

        @Override
        public String toString() {
            return vault + "/" + secret;
        }
    }

    private static final int PARTS = 3;

    private final Path directory;
    private final UnaryOperator<String> environment;

    /** A store in a data directory; {@code environment} gives a variable's value or null, such as {@code System::getenv}. */
    public SecretStore(Path dataDirectory, UnaryOperator<String> environment) {
        this.directory = dataDirectory;
        this.environment = environment;
    }

    public Optional<String> get(Name name) {
        String given = environment.apply(name.variable());
        if (given != null) {
            return Optional.of(given);
        }
        return Optional.ofNullable(read().get(name)).map(this::reveal);
    }

    /** The names of the stored secrets, sorted. */
    public List<Name> list() {
        return List.copyOf(read().keySet());
    }

    public void set(Name name, String value) {
        String concealed = conceal(value);
        change(secrets -> secrets.put(name, concealed));
    }

    /** A secret's value, made when there is none. All who make it at once, in other processes too, get the same. */
    public String getOrMake(Name name, Supplier<String> maker) {
        return get(name).orElseGet(() -> {
            String made = conceal(maker.get());
            String[] kept = new String[1];
            change(secrets -> {
                secrets.putIfAbsent(name, made);
                kept[0] = secrets.get(name);
            });
            return reveal(kept[0]);
        });
    }

    /** Removes a secret and tells whether there was one. */
    public boolean delete(Name name) {
        boolean[] found = new boolean[1];
        change(secrets -> found[0] = secrets.remove(name) != null);
        return found[0];
    }

    private String conceal(String value) {
        return Base64.getEncoder().encodeToString(DataKey.of(directory).encrypt(value.getBytes(StandardCharsets.UTF_8)));
    }

    private String reveal(String concealed) {
        return new String(DataKey.of(directory).decrypt(Base64.getDecoder().decode(concealed)), StandardCharsets.UTF_8);
    }

    private TreeMap<Name, String> read() {
        TreeMap<Name, String> secrets = new TreeMap<>();
        Path file = file();
        try {
            if (Files.exists(file)) {
                int number = 0;
                for (String line : Files.readAllLines(file)) {
                    String[] parts = line.split("\t");
                    number++;
                    if (parts.length != PARTS || !isBase64(parts[2])) {
                        throw damaged(number);
                    }
                    secrets.put(new Name(parts[0], parts[1]), parts[2]);
                }
            }
            return secrets;
        } catch (CharacterCodingException binary) {
            throw damaged(1);
        } catch (IOException problem) {
            throw failure(CommonError.IO_ERROR, Place.of(file, null), "Cannot read the secrets: %s", problem.getMessage(), problem);
        }
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException other) {
            return false;
        }
    }

    private RuntimeException damaged(int line) {
        return failure(CommonError.IO_ERROR, Place.of(file(), null).within(line, 1), "The secrets are damaged: this line is none of a "
            + "vault, a name and a value. Put a copy of the file in its place; without one, remove it: keys of accounts are made anew");
    }

    private interface Change {
        void apply(Map<Name, String> secrets);
    }

    /** Changes the file as a whole, one process after another. */
    private synchronized void change(Change change) {
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(
                    directory.resolve("secrets.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                TreeMap<Name, String> secrets = read();
                change.apply(secrets);
                List<String> lines = new ArrayList<>();
                secrets.forEach((name, value) -> lines.add(name.vault() + "\t" + name.secret() + "\t" + value));
                Path fresh = directory.resolve("secrets.new");
                Files.deleteIfExists(fresh);
                Files.createFile(fresh);
                DataKey.restrict(fresh);
                Files.write(fresh, lines, StandardOpenOption.SYNC);
                Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                lock.release();
            }
        } catch (IOException problem) {
            throw failure(CommonError.IO_ERROR, Place.of(file(), null), "Cannot write the secrets: %s", problem.getMessage(), problem);
        }
    }

    private Path file() {
        return directory.resolve("secrets");
    }
}
