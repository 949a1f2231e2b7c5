package io.lazuli.cli;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes switches over types ask for one type after another in a method of their class. As they are compiled, the Java runtime writes a
 * class for each when it is first reached, which no cache of classes keeps.
 */
final class PatternSwitches implements ClassTransform {
    private static final ClassDesc BOOTSTRAPS = ClassDesc.of("java.lang.runtime.SwitchBootstraps");

    /** What a switch takes and gives, and its types in order. */
    private record Switch(MethodTypeDesc type, List<ConstantDesc> labels) {
        static Switch of(InvokeDynamicInstruction site) {
            return new Switch(site.typeSymbol(), site.bootstrapArgs());
        }
    }

    private final ClassModel model;
    private final Map<Switch, String> found = new LinkedHashMap<>();

    PatternSwitches(ClassModel model) {
        this.model = model;
    }

    /** Whether a class has such switches. */
    static boolean areIn(ClassModel model) {
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof InvokeDynamicEntry site && isTypeSwitch(site)) {
                return true;
            }
        }
        return false;
    }

    /** Labels may also be texts, numbers and constants of enums: those stay as they are. */
    private static boolean isTypeSwitch(InvokeDynamicEntry site) {
        return site.name().equalsString("typeSwitch") && !site.typeSymbol().parameterType(0).isPrimitive()
            && site.bootstrap().bootstrapMethod().reference().owner().matches(BOOTSTRAPS)
            && site.bootstrap().arguments().stream().map(LoadableConstantEntry::constantValue)
                .allMatch(label -> label instanceof ClassDesc type && !type.isPrimitive());
    }

    @Override
    public void accept(ClassBuilder to, ClassElement element) {
        if (element instanceof MethodModel method) {
            to.transformMethod(method, MethodTransform.transformingCode(this::replace));
        } else {
            to.with(element);
        }
    }

    private void replace(CodeBuilder code, CodeElement element) {
        if (element instanceof InvokeDynamicInstruction site && isTypeSwitch(site.invokedynamic())) {
            String method = found.computeIfAbsent(Switch.of(site), _ -> "typeSwitch$" + found.size());
            code.invokestatic(model.thisClass().asSymbol(), method, site.typeSymbol(), model.flags().has(AccessFlag.INTERFACE));
        } else {
            code.with(element);
        }
    }

    @Override
    public void atEnd(ClassBuilder to) {
        found.forEach((of, method) -> to.withMethodBody(method, of.type(),
            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC, code -> write(code, of.labels())));
    }

    /** As {@code SwitchBootstraps.typeSwitch} says: the place of the first label from the given one on that fits, -1 for null. */
    private static void write(CodeBuilder code, List<ConstantDesc> labels) {
        code.aload(0).ifThen(Opcode.IFNULL, isNull -> isNull.iconst_m1().ireturn());
        for (int place = 0; place < labels.size(); place++) {
            Label next = code.newLabel();
            code.iload(1).loadConstant(place).if_icmpgt(next);
            code.aload(0).instanceOf((ClassDesc) labels.get(place)).ifeq(next);
            code.loadConstant(place).ireturn().labelBinding(next);
        }
        code.loadConstant(labels.size()).ireturn();
    }
}
