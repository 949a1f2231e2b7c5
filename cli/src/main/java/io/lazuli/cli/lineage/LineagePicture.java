package io.lazuli.cli.lineage;

import io.lazuli.algebra.lineage.Influence;
import io.lazuli.algebra.lineage.Origin;
import io.lazuli.datafactory.lineage.LineageStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Lineage as boxes and arrows: a box for each dataset with its columns, an arrow for each way of a value. */
record LineagePicture(Map<String, Set<String>> datasets, Set<Arrow> arrows) {
    /** The way of a value; {@code same} when nothing is done to it. */
    record Arrow(Origin from, Origin to, boolean same) {
    }

    static LineagePicture of(List<LineageStep> steps) {
        LineagePicture picture = new LineagePicture(new LinkedHashMap<>(), new LinkedHashSet<>());
        steps.forEach(step -> step.targets().forEach(target -> target.lineage().columns().forEach((column, origins) -> {
            picture.add(target.dataset(), column);
            origins.forEach((origin, influence) -> {
                picture.add(origin.source(), origin.column());
                picture.arrows.add(new Arrow(origin, new Origin(target.dataset(), column), influence == Influence.IDENTITY));
            });
        })));
        return picture;
    }

    private void add(String dataset, String column) {
        datasets.computeIfAbsent(dataset, _ -> new TreeSet<>()).add(column);
    }

    /** The datasets by their distance from the sources, those that nothing flows into first. */
    List<List<String>> layers() {
        Map<String, Integer> depths = new LinkedHashMap<>();
        datasets.keySet().forEach(dataset -> depths.put(dataset, 0));
        boolean changed = true;
        for (int round = 0; changed && round < datasets.size(); round++) {
            changed = false;
            for (Arrow arrow : arrows) {
                int after = depths.get(arrow.from().source()) + 1;
                String to = arrow.to().source();
                if (!arrow.from().source().equals(to) && depths.get(to) < after && after < datasets.size()) {
                    depths.put(to, after);
                    changed = true;
                }
            }
        }
        List<List<String>> layers = new ArrayList<>();
        depths.forEach((dataset, depth) -> {
            while (layers.size() <= depth) {
                layers.add(new ArrayList<>());
            }
            layers.get(depth).add(dataset);
        });
        layers.removeIf(List::isEmpty);
        return layers;
    }

    /** For XML and HTML. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
