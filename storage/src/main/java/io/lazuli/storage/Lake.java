package io.lazuli.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Storage accounts as folders: a file of a container is a file at {@code ACCOUNT/CONTAINER/path} under the lake's root.
 *
 * <p>Accounts and containers need no creation. An account or a container may be another directory of this machine instead. Thread-safe;
 * whoever opened it closes it.
 */
public final class Lake implements AutoCloseable {
    private record ContainerName(String account, String container) {
    }

    private static final int MOST_REMEMBERED = 1000;
    private static final String STAGING = ".staging";
    private static final String STAGING_ELSEWHERE = LakeNames.RESERVED_PREFIX + "-staging";

    private final Path root;
    private final Map<String, Path> overrides;
    private final LakeListener listener;
    private final Durability durability;
    private final FolderNames names = new FolderNames();
    private final Map<Path, StagingArea> stagingAreas = new ConcurrentHashMap<>();
    private final Map<ContainerName, FileTree> containers = new ConcurrentHashMap<>();

    /**
     * A lake under {@code root}, of which nothing is created before the first write.
     *
     * @param overrides directories by {@code account} or {@code account/container}
     */
    public Lake(Path root, Map<String, Path> overrides) {
        this(root, overrides, LakeListener.NOBODY);
    }

    /** A lake whose listener hears of files that are committed, moved and deleted. */
    public Lake(Path root, Map<String, Path> overrides, LakeListener listener) {
        this(root.toAbsolutePath().normalize(), Map.copyOf(overrides), listener, Durability.POWER_LOSS);
    }

    private Lake(Path root, Map<String, Path> overrides, LakeListener listener, Durability durability) {
        this.root = root;
        this.overrides = overrides;
        this.listener = listener;
        this.durability = durability;
    }

    /** The same lake, whose changes of single files survive what {@code durability} says; to be closed as well. */
    public Lake with(Durability durability) {
        return new Lake(root, overrides, listener, durability);
    }

    public Durability durability() {
        return durability;
    }

    /** A container's files; {@code INVALID_NAME} when Azure would refuse a name. */
    public FileTree container(String account, String container) {
        ContainerName name = new ContainerName(account, container);
        FileTree known = containers.get(name);
        if (known != null) {
            return known;
        }
        FileTree tree = tree(LakeNames.account(account), LakeNames.container(container));
        if (containers.size() < MOST_REMEMBERED) {
            containers.put(name, tree);
        }
        return tree;
    }

    private FileTree tree(String account, String container) {
        return place(account, container).heard(new FileTree.Listener() {
            @Override
            public void written(String path) {
                listener.written(account, container, path);
            }

            @Override
            public void removed(String path) {
                listener.removed(account, container, path);
            }
        });
    }

    private FileTree place(String account, String container) {
        Path mapped = overrides.get(account + "/" + container);
        if (mapped != null) {
            return directory(mapped);
        }
        Path mappedAccount = overrides.get(account);
        return mappedAccount != null ? directory(mappedAccount, container) : within(account + "/" + container);
    }

    /** Files that no storage account holds, such as a file server's, under a name of their own beside the accounts. */
    public FileTree share(String name, String path) {
        String normal = LakeNames.path(path);
        return within(LakeNames.path(name) + (normal.isEmpty() ? "" : "/" + normal));
    }

    private FileTree within(String path) {
        return new FileTree(root.resolve(path), staging(root.resolve(STAGING)), names, durability);
    }

    /** The files of a directory of this machine; what is being written to it is kept in a hidden folder in it. */
    public FileTree directory(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        return new FileTree(absolute, staging(absolute.resolve(STAGING_ELSEWHERE)), names, durability);
    }

    /** The files of a folder in a directory of this machine. */
    public FileTree directory(Path directory, String folder) {
        Path absolute = directory.toAbsolutePath().normalize();
        return new FileTree(absolute.resolve(LakeNames.path(folder)), staging(absolute.resolve(STAGING_ELSEWHERE)), names, durability);
    }

    private StagingArea staging(Path folder) {
        return stagingAreas.computeIfAbsent(folder, StagingArea::new);
    }

    /** The accounts that hold something or are mapped, by name. */
    public List<String> accounts() {
        TreeSet<String> names = new TreeSet<>(folders(root));
        overrides.keySet().forEach(key -> names.add(key.split("/")[0]));
        return List.copyOf(names);
    }

    /** The containers of an account that hold something or are mapped, by name. */
    public List<String> containers(String account) {
        TreeSet<String> names = new TreeSet<>(folders(overrides.getOrDefault(account, root.resolve(LakeNames.account(account)))));
        overrides.keySet().stream().filter(key -> key.startsWith(account + "/")).forEach(key -> names.add(key.split("/")[1]));
        return List.copyOf(names);
    }

    private static List<String> folders(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory).map(entry -> entry.getFileName().toString())
                .filter(name -> !name.startsWith(".")).toList();
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot list " + directory, problem);
        }
    }

    @Override
    public void close() {
        stagingAreas.values().forEach(StagingArea::close);
    }
}
