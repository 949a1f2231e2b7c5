package io.lazuli.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The files in a folder that a service works in meanwhile: what goes away while one looks is passed over. */
public final class FilesBelow {
    private FilesBelow() {
    }

    /** All files, of all folders below. */
    public static List<Path> of(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                return continued(problem);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException problem) throws IOException {
                return continued(problem);
            }
        });
        return files;
    }

    private static FileVisitResult continued(IOException problem) throws IOException {
        if (problem != null && !(problem instanceof NoSuchFileException)) {
            throw problem;
        }
        return FileVisitResult.CONTINUE;
    }

    /** Those that hold what came and has no place yet. */
    public static List<Path> staged(Path folder) throws IOException {
        return of(folder).stream().filter(file -> file.toString().matches(".*staging.*/\\d+")).toList();
    }

    /** What is in all of them, byte by byte as signs. */
    public static String content(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : of(folder)) {
            all.append(contentIfThere(file));
        }
        return all.toString();
    }

    private static String contentIfThere(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        }
    }
}
