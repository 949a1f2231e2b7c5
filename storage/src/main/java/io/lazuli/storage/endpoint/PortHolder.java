package io.lazuli.storage.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who listens on a port, as Linux tells of the processes of the same user; nothing is known elsewhere. */
final class PortHolder {
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final String LISTENS = "0A";
    private static final int HEXADECIMAL = 16;

    private PortHolder() {
    }

    /** The process, empty when it cannot be told. */
    static Optional<ProcessHandle> of(int port) {
        Set<String> sockets = Stream.of("/proc/net/tcp", "/proc/net/tcp6").flatMap(table -> lines(Path.of(table)).stream().skip(1))
            .map(line -> line.strip().split("\\s+")).filter(fields -> fields.length > INODE && fields[STATE].equals(LISTENS)
                && Integer.parseInt(fields[LOCAL_ADDRESS].substring(fields[LOCAL_ADDRESS].indexOf(':') + 1), HEXADECIMAL) == port)
            .map(fields -> "socket:[" + fields[INODE] + "]").collect(Collectors.toSet());
        return sockets.isEmpty() ? Optional.empty() : ProcessHandle.allProcesses().filter(process -> has(process, sockets)).findFirst();
    }

    private static List<String> lines(Path table) {
        try {
            return Files.exists(table) ? Files.readAllLines(table) : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static boolean has(ProcessHandle process, Set<String> sockets) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            for (Path file : files.toList()) {
                if (Files.isSymbolicLink(file) && sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
            return false;
        } catch (IOException goneOrOfOthers) {
            return false;
        }
    }
}
