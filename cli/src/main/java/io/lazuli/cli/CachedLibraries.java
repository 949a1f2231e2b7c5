package io.lazuli.cli;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes libraries fit for the cache of loaded classes. It takes none that were compiled for Java 5 or older: these become classes of
 * Java 8, with the stack maps that they need. It keeps no switches over types: these become plain code. The launcher runs this once,
 * before the training.
 */
final class CachedLibraries {
    private static final ClassFileVersion RAISED = ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0);
    /** Stack maps name the common superclass of two classes; those of the class path are known. */
    private static final ClassFile CLASSES = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(
        ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader()).orElse(ClassHierarchyResolver.defaultResolver())));
    private static final ClassTransform RAISE = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
        .andThen((to, element) -> to.with(element instanceof ClassFileVersion ? RAISED : element));

    private CachedLibraries() {
    }

    /** Takes the folder of the jars. */
    public static void main(String[] arguments) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        for (Path jar : jars) {
            if (isOld(jar) || jar.getFileName().toString().startsWith("lazuli-")) {
                replace(jar);
            }
        }
    }

    /** Looks at the first class: a library is compiled as a whole. */
    static boolean isOld(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Optional<? extends ZipEntry> first = zip.stream().filter(CachedLibraries::isClass).findFirst();
            return first.isPresent() && isOld(CLASSES.parse(zip.getInputStream(first.get()).readAllBytes()));
        }
    }

    private static boolean isOld(ClassModel model) {
        return model.majorVersion() < ClassFile.JAVA_6_VERSION;
    }

    private static void replace(Path jar) throws IOException {
        Path replaced = jar.resolveSibling(jar.getFileName() + ".replaced");
        try (ZipFile from = new ZipFile(jar.toFile()); ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(replaced))) {
            for (ZipEntry entry : from.stream().toList()) {
                byte[] content = from.getInputStream(entry).readAllBytes();
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(isClass(entry) ? fit(content) : content);
            }
        }
        Files.move(replaced, jar, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] fit(byte[] classFile) {
        ClassModel model = CLASSES.parse(classFile);
        if (isOld(model)) {
            return CLASSES.transformClass(model, RAISE);
        }
        return PatternSwitches.areIn(model) ? CLASSES.transformClass(model, new PatternSwitches(model)) : classFile;
    }

    private static boolean isClass(ZipEntry entry) {
        return entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
    }
}
