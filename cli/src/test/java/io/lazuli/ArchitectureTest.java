package io.lazuli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may use whom: the table of the design, as data. */
class ArchitectureTest {
    private static final JavaClasses CLASSES =
        new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.lazuli");

    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
        Map.entry("foundation", List.of()),
        Map.entry("operators", List.of()),
        Map.entry("algebra", List.of("operators", "foundation")),
        Map.entry("languages", List.of("algebra", "foundation")),
        Map.entry("files", List.of("algebra", "foundation")),
        Map.entry("engine", List.of("algebra", "operators", "files", "foundation")),
        Map.entry("governance", List.of("algebra", "foundation")),
        Map.entry("storage", List.of("governance", "foundation")),
        Map.entry("datafactory", List.of("languages", "algebra", "files", "storage", "governance", "foundation")),
        Map.entry("server", List.of("datafactory", "languages", "algebra", "storage", "governance", "foundation")),
        Map.entry("cli", List.of("server", "datafactory", "languages", "engine", "storage", "governance", "algebra", "foundation")));

    @TestFactory
    Stream<DynamicTest> usesOnlyWhatItMay() {
        return MAY_USE.keySet().stream().sorted().map(module -> DynamicTest.dynamicTest(module, () ->
            classes().that(in(module)).should().onlyDependOnClassesThat(allowedTo(module)).allowEmptyShould(true).check(CLASSES)));
    }

    @Test
    void knowsEveryModule() {
        assertThat(CLASSES.stream().map(type -> type.getPackageName().split("\\.")).filter(parts -> parts.length > 2)
            .map(parts -> parts[2]).distinct()).isSubsetOf(MAY_USE.keySet());
    }

    @Test
    void languagesDoNotSeeEachOther() {
        slices().matching("io.lazuli.languages.(*)..").should().notDependOnEachOther().allowEmptyShould(true).check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> in(String module) {
        return resideInAPackage("io.lazuli." + module + "..");
    }

    private static DescribedPredicate<JavaClass> allowedTo(String module) {
        String[] packages = Stream.concat(Stream.of(module), MAY_USE.get(module).stream())
            .map(name -> "io.lazuli." + name + "..").toArray(String[]::new);
        return DescribedPredicate.not(resideInAPackage("io.lazuli..")).or(resideInAnyPackage(packages));
    }
}
