package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.LakeNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code preCommands} and {@code postCommands} of a sink of files: {@code mkdir}, {@code rm}, {@code mv} and {@code cp}, whose paths begin
 * at the root of the sink's container.
 */
record FileCommands(FileTree tree, Arguments arguments) {
    private static final List<String> KNOWN = List.of("mkdir", "rm", "mv", "cp");

    private record Command(String name, String flags, List<String> paths) {
    }

    /** Fails for commands that cannot be run, before anything is done. */
    void check() {
        all("preCommands");
        all("postCommands");
    }

    void run(String option) {
        all(option).forEach(this::run);
    }

    private List<Command> all(String option) {
        return arguments.texts(option).stream().map(String::strip).filter(text -> !text.isEmpty()).map(this::parse).toList();
    }

    private Command parse(String text) {
        List<String> words = new ArrayList<>(List.of(text.split("\\s+")));
        String name = words.removeFirst();
        StringBuilder flags = new StringBuilder();
        while (!words.isEmpty() && words.getFirst().startsWith("-")) {
            flags.append(words.removeFirst().substring(1));
        }
        if (!KNOWN.contains(name) || !flags.toString().matches("[rRfp]*")) {
            throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(), "The command '%s' of sink '%s' is not supported; "
                + "there are mkdir [-p], rm [-r], mv and cp [-r]", text, arguments.statement().name());
        }
        boolean two = name.equals("mv") || name.equals("cp");
        if (two ? words.size() != 2 : words.isEmpty()) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "The command '%s' of sink '%s' takes %s", text,
                arguments.statement().name(), two ? "two paths" : "a path");
        }
        List<String> paths = words.stream().map(word -> LakeNames.path(word.replaceFirst("^/+", ""))).toList();
        if (!two && paths.contains("") || paths.getFirst().isEmpty()) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(),
                "The command '%s' of sink '%s' names the whole container", text, arguments.statement().name());
        }
        return new Command(name, flags.toString(), paths);
    }

    private void run(Command command) {
        switch (command.name()) {
            case "mkdir" -> command.paths().forEach(tree::createFolder);
            case "rm" -> command.paths().forEach(path -> remove(path, command.flags()));
            case "mv" -> {
                require(command.paths().getFirst());
                tree.rename(command.paths().getFirst(), target(command.paths()));
            }
            default -> copy(command.paths().getFirst(), target(command.paths()), command.flags());
        }
    }

    /** A folder that is there takes the file or folder under its own name. */
    private String target(List<String> paths) {
        String from = paths.getFirst();
        boolean folder = tree.status(paths.getLast()).filter(FileStatus::folder).isPresent();
        String before = paths.getLast().isEmpty() ? "" : paths.getLast() + "/";
        return folder ? before + from.substring(from.lastIndexOf('/') + 1) : paths.getLast();
    }

    private FileStatus require(String path) {
        return tree.status(path).orElseThrow(() -> failure(CommonError.NOT_FOUND, arguments.statement().at(),
            "A command of sink '%s' names '/%s', which is not there", arguments.statement().name(), path));
    }

    private void remove(String path, String flags) {
        if (flags.contains("f") && tree.status(path).isEmpty()) {
            return;
        }
        if (require(path).folder() && !flags.contains("r") && !flags.contains("R")) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "'rm' of sink '%s' names the folder '/%s'; rm -r "
                + "removes folders", arguments.statement().name(), path);
        }
        tree.delete(path);
    }

    private void copy(String from, String to, String flags) {
        if (!require(from).folder()) {
            copy(from, to);
            return;
        }
        if (!flags.contains("r") && !flags.contains("R")) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "'cp' of sink '%s' names the folder '/%s'; cp -r "
                + "copies folders", arguments.statement().name(), from);
        }
        List<String> files = new ArrayList<>();
        tree.forEachFile(from, true, file -> files.add(file.path()));
        files.forEach(file -> copy(file, to + file.substring(from.length())));
    }

    private void copy(String from, String to) {
        try {
            Path staged = tree.stageFile();
            Files.copy(tree.resolve(from), staged, StandardCopyOption.REPLACE_EXISTING);
            tree.place(staged, to);
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, arguments.statement().at(), "'/%s' cannot be copied to '/%s': %s", from, to, e.getMessage(),
                e);
        }
    }
}
