package io.lazuli.engine.duckdb.render;

import java.util.ArrayList;
import java.util.List;

/**
 * A {@code SELECT} under construction; what a plan adds goes into the same block while SQL's order of evaluation allows it.
 *
 * @param scope the columns of {@code from}
 * @param projection the select list; null while it is all columns of the plan
 * @param order with its keywords, empty for none; so too {@code limit}
 */
record Block(String from, Scope scope, List<String> where, String projection, String group, String order, String limit) {
    static Block from(String from, Scope scope) {
        return new Block(from, scope, List.of(), null, "", "", "");
    }

    /** Whether rows are neither computed nor ordered nor counted yet, so that conditions and groups may join in. */
    boolean isPlain() {
        return projection == null && order.isEmpty() && limit.isEmpty();
    }

    Block where(String condition) {
        List<String> all = new ArrayList<>(where);
        all.add(condition);
        return new Block(from, scope, all, projection, group, order, limit);
    }

    Block project(String list) {
        return new Block(from, scope, where, list, group, order, limit);
    }

    Block group(String list, String keys) {
        return new Block(from, scope, where, list, keys, order, limit);
    }

    Block order(String keys) {
        return new Block(from, scope, where, projection, group, keys, limit);
    }

    Block limit(String rows) {
        return new Block(from, scope, where, projection, group, order, rows);
    }

    String text(String allColumns) {
        return "SELECT " + (projection == null ? allColumns : projection) + " FROM " + from
            + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where)) + group + order + limit;
    }
}
