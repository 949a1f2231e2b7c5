package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.source.TableName;
import io.lazuli.foundation.Place;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** The environment of a column's default: its time is not a constant but the operator {@code now}. */
record DefaultsEnvironment(Environment environment) implements Environment {
    @Override
    public Catalog catalog() {
        return environment.catalog();
    }

    @Override
    public Typed variable(String name, Place at) {
        return environment.variable(name, at);
    }

    /** Null stands for the time at which the default is used. */
    @Override
    public LocalDateTime now() {
        return null;
    }

    @Override
    public Optional<TableName> temporaryTable(String name) {
        return environment.temporaryTable(name);
    }

    @Override
    public Optional<View> view(String schema, String name) {
        return environment.view(schema, name);
    }

    @Override
    public List<TableName> procedures() {
        return environment.procedures();
    }

    @Override
    public List<TableName> views() {
        return environment.views();
    }

    @Override
    public List<String> schemas() {
        return environment.schemas();
    }

    @Override
    public Optional<Typed> property(String name) {
        return environment.property(name);
    }

    @Override
    public Object evaluate(Expression expression) {
        return environment.evaluate(expression);
    }
}
