package io.lazuli.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PatternSwitchesTest {
    sealed interface Shape permits Circle, Square, Line {
        /** Also in an interface. */
        default String named() {
            return switch (this) {
                case Circle circle -> "circle of " + circle.radius();
                case Square _ -> "square";
                case Line _ -> "line";
            };
        }
    }

    record Circle(int radius) implements Shape {
    }

    record Square(Object side) implements Shape {
    }

    enum Line implements Shape {
        SHORT, LONG
    }

    /** Its switches have types, guards, nested patterns, null, and labels that are values. */
    static final class Describing implements Function<Object, String> {
        @Override
        public String apply(Object value) {
            String kind = switch (value) {
                case null -> "nothing";
                case Circle circle when circle.radius() > 9 -> "large circle";
                case Circle _ -> "circle";
                case Square(Integer side) -> "square of " + side;
                case Square(String side) -> "square of text " + side;
                case Square _ -> "square";
                case String text -> "text " + text.length();
                case int[] numbers -> numbers.length + " numbers";
                default -> "other";
            };
            return kind + ", " + (value instanceof Line line ? of(line) : "no line");
        }

        private static String of(Line line) {
            return switch ((Shape) line) {
                case Line.SHORT -> "short";
                case Line.LONG -> "long";
                default -> throw new IllegalStateException();
            };
        }
    }

    private static ClassModel model(Class<?> type) throws Exception {
        try (InputStream file = type.getResourceAsStream(type.getName().substring(type.getPackageName().length() + 1) + ".class")) {
            return ClassFile.of().parse(file.readAllBytes());
        }
    }

    /** Those of the switches that the runtime still makes. */
    private static List<List<ConstantDesc>> labels(ClassModel model) {
        return model.methods().stream().flatMap(method -> method.code().stream()).flatMap(code -> code.elementStream())
            .filter(InvokeDynamicInstruction.class::isInstance).map(InvokeDynamicInstruction.class::cast)
            .filter(site -> site.name().equalsString("typeSwitch")).map(InvokeDynamicInstruction::bootstrapArgs).toList();
    }

    private static byte[] plain(Class<?> type) throws Exception {
        ClassModel model = model(type);
        assertThat(PatternSwitches.areIn(model)).isTrue();
        byte[] plain = ClassFile.of().transformClass(model, new PatternSwitches(model));
        assertThat(ClassFile.of().verify(plain)).isEmpty();
        return plain;
    }

    @Test
    void switchesOverTypesDoAsBeforeWithoutTheRuntimesBootstrap() throws Exception {
        byte[] plain = plain(Describing.class);
        @SuppressWarnings("unchecked")
        Function<Object, String> switched = (Function<Object, String>) MethodHandles.lookup()
            .defineHiddenClass(plain, true, MethodHandles.Lookup.ClassOption.NESTMATE).lookupClass().getDeclaredConstructor().newInstance();

        List<Object> values = new ArrayList<>(List.of(new Circle(10), new Circle(1), new Square(4), new Square("a"), new Square(4L),
            "abc", new int[3], 4.5, Line.SHORT, Line.LONG));
        values.add(null);
        values.add(new Square(null));

        assertThat(values.stream().map(switched)).isEqualTo(values.stream().map(new Describing()).toList());
        assertThat(labels(ClassFile.of().parse(plain))).allMatch(found -> found.stream().anyMatch(one -> !(one instanceof ClassDesc)));
    }

    @Test
    void interfacesGetTheirMethodToo() throws Exception {
        assertThat(ClassFile.of().parse(plain(Shape.class)).methods()).extracting(method -> method.methodName().stringValue())
            .contains("named", "typeSwitch$0");
        assertThat(PatternSwitches.areIn(model(Line.class))).isFalse();
    }
}
