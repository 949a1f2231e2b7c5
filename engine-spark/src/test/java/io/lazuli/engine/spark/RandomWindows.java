package io.lazuli.engine.spark;

import io.lazuli.algebra.type.DataType;
import io.lazuli.engine.spark.RandomFlowTerms.Input;
import java.util.List;

/** Writes window transformations by chance, with frames of rows and of ranges. */
record RandomWindows(RandomFlowTerms terms) {
    String of(Input input) {
        String over = "window(over(" + terms.column(input, RandomFlows::isPlain) + "), ";
        return over + switch (input.isSource() && terms.flag() ? 2 : terms.number(2)) {
            case 0 -> "asc(" + terms.column(input, DataType::isNumeric) + ", " + terms.flag() + "), " + offsets("Range")
                + values(input);
            case 1 -> terms.order(input) + ", " + unbounded() + values(input);
            default -> terms.order(input) + ", asc(" + (input.isSource() ? input.name() + "_id" : "none") + ", true), " + offsets("Row")
                + ordered(input);
        } + ")";
    }

    private String unbounded() {
        return terms.number(3) == 0 ? "startRangeOffset: 'unbounded', endRangeOffset: 0L, " : "";
    }

    /** Bounds on both sides, on one, or none. */
    private String offsets(String unit) {
        int start = terms.number(5) - 3;
        int end = start + terms.number(4);
        return (terms.flag() ? "start" + unit + "Offset: " + start + "L, " : "")
            + (terms.flag() ? "end" + unit + "Offset: " + end + "L, " : "");
    }

    private String values(Input input) {
        return terms.fresh() + " = " + terms.oneOf(List.of("rank()", "denseRank()", aggregate(input), "max(" + terms.any(input) + ")"))
            + ", " + terms.fresh() + " = "
            + terms.oneOf(List.of("rank()", "denseRank()", "sum(" + terms.column(input, DataType::isInteger) + ")"));
    }

    /** Without what a window cannot have, or what would depend on the order of equals. */
    private String aggregate(Input input) {
        String one = terms.aggregate(input);
        return one.startsWith("first") || one.startsWith("last") || one.startsWith("collect") ? "count()" : one;
    }

    /** What depends on the order of rows, which is total. */
    private String ordered(Input input) {
        return terms.fresh() + " = " + terms.oneOf(List.of("rowNumber()", "nTile(3)", "cumeDist()", "lag(" + terms.any(input) + ", 2)",
            "lead(" + terms.any(input) + ")")) + ", " + terms.fresh() + " = "
            + terms.oneOf(List.of("first(", "last(", "min(", "max(", "count(", "collect(")) + terms.any(input) + ")" + ", "
            + terms.fresh() + " = " + terms.aggregate(input);
    }
}
