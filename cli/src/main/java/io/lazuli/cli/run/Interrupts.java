package io.lazuli.cli.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import java.lang.reflect.Proxy;

/** Ctrl-C: the first cancels, the second stops the process at once. */
final class Interrupts {
    private static final int EXIT = 130;

    private Interrupts() {
    }

    /** Calls {@code cancel} on the first interrupt from now on. */
    static void onFirst(Runnable cancel) {
        boolean[] asked = new boolean[1];
        Runnable action = () -> {
            if (asked[0]) {
                Runtime.getRuntime().halt(EXIT);
            }
            asked[0] = true;
            Thread.ofVirtual().start(cancel);
        };
        try {
            // Reached by name: the class is in every JDK, but a compiler that builds for a release does not show it.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object interrupted = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    action.run();
                }
                return null;
            });
            signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance("INT"), interrupted);
        } catch (ReflectiveOperationException problem) {
            throw failure(CommonError.INTERNAL_ERROR, "Cannot listen for Ctrl-C: %s", problem.getMessage(), problem);
        }
    }
}
