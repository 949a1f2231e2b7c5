package io.lazuli.languages.dataflow.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of the lambdas around an expression, innermost first: {@code #item_1} is the {@code #item} one level out. */
record LambdaFrames(List<Map<String, Expression>> frames) {
    static final LambdaFrames NONE = new LambdaFrames(List.of());
    private static final Pattern OUTER = Pattern.compile("(\\w+?)_(\\d{1,3})");

    LambdaFrames with(Map<String, Expression> variables) {
        List<Map<String, Expression>> all = new ArrayList<>();
        all.add(variables);
        all.addAll(frames);
        return new LambdaFrames(all);
    }

    int depth() {
        return frames.size();
    }

    Expression find(FlowExpression.LambdaItem item) {
        Matcher outer = OUTER.matcher(item.name());
        Expression found = outer.matches() ? find(outer.group(1), Integer.parseInt(outer.group(2))) : find(item.name(), 0);
        if (found == null) {
            Set<String> known = new TreeSet<>();
            frames.forEach(frame -> known.addAll(frame.keySet()));
            throw failure(CommonError.NOT_FOUND, item.at(), "'#%s' is not known here%s%s", item.name(),
                known.isEmpty() ? ": it stands within functions of arrays and maps" : "; there are " + known,
                NearestName.hint(item.name(), known));
        }
        return found;
    }

    private Expression find(String name, int level) {
        int skip = level;
        for (Map<String, Expression> frame : frames) {
            if (frame.containsKey(name) && skip-- == 0) {
                return frame.get(name);
            }
        }
        return null;
    }
}
