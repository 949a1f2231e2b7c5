package io.lazuli.languages.dataflow.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All transformations, by their word in scripts. */
public final class TransformationForms {
    private static final int MANY = Integer.MAX_VALUE;
    private static final Map<String, TransformationForm> ALL = new LinkedHashMap<>();

    static {
        String duplicates = "skipDuplicateMapInputs skipDuplicateMapOutputs";
        form("source", 0, 0, "output", SourceAndSinkOptions.SOURCE);
        form("sink", 1, 1, "input mapColumn", SourceAndSinkOptions.SINK);
        form("select", 1, 1, "mapColumn", duplicates);
        columns("derive", "each", "");
        conditions("filter", 1, "", "", false);
        conditions("join", 2, "", "joinType broadcast " + SourceAndSinkOptions.FUZZY, false);
        conditions("lookup", 2, "asc desc", "multiple pickup broadcast " + SourceAndSinkOptions.FUZZY, false);
        conditions("exists", 2, "", "negate broadcast", false);
        conditions("split", 1, "", "disjoint", true);
        form("union", 1, MANY, "", "byName");
        columns("aggregate", "groupBy each", "");
        columns("window", "over asc desc each", "startRowOffset endRowOffset startRangeOffset endRangeOffset");
        columns("pivot", "groupBy pivotBy", "columnNaming lateral");
        form("unpivot", 1, 1, "output ungroupBy", "lateral ignoreNullPivots");
        form("rank", 1, 1, "asc desc output", "caseInsensitive dense");
        form("keyGenerate", 1, 1, "output", "startAt stepValue");
        form("sort", 1, 1, "asc desc", "caseInsensitive partitionLevel");
        form("foldDown", 1, 1, "unroll unrollMultiple mapColumn", duplicates);
        columns("parse", "", "format documentForm columnDelimiter rowDelimiter escapeChar quoteChar columnNamesAsHeader nullValue "
            + "multiLineRow singleDocument unquotedColumnNames backslashEscape singleQuoted asComments " + SourceAndSinkOptions.XML);
        columns("stringify", "", "format documentForm columnDelimiter escapeChar quoteChar nullValue");
        form("alterRow", 1, 1, "insertIf updateIf upsertIf deleteIf", "");
        form("assert", 1, 6, "expectTrue expectExists expectUnique", "abort");
        form("cast", 1, 1, "output", "errors");
        form("call", 1, 1, "mapColumn output", duplicates + " allowSchemaDrift store format timeout httpMethod entity bodyColumnName "
            + "headerColumnName headersColumnName statusColumnName addResponseCode requestFormat responseFormat requestInterval headers "
            + "additionalHeaders httpCompressionType rowRelativeUrl");
        put(new TransformationForm("compose", 1, MANY, Set.of("mapColumn"), words(duplicates + " composition"), false, false, true));
        form("input", 0, 0, "output", "order allowSchemaDrift validateSchema");
        form("output", 1, 1, "", "order");
    }

    private TransformationForms() {
    }

    public static Map<String, TransformationForm> all() {
        return ALL;
    }

    private static void form(String name, int least, int most, String parts, String options) {
        put(new TransformationForm(name, least, most, words(parts), words(options), false, false, false));
    }

    private static void columns(String name, String parts, String options) {
        put(new TransformationForm(name, 1, 1, words(parts), words(options), true, false, false));
    }

    private static void conditions(String name, int inputs, String parts, String options, boolean branches) {
        put(new TransformationForm(name, inputs, inputs, words(parts), words(options), false, true, branches));
    }

    private static void put(TransformationForm form) {
        ALL.put(form.name(), form);
    }

    private static Set<String> words(String text) {
        return text.isBlank() ? Set.of() : Set.copyOf(List.of(text.strip().split("\\s+")));
    }
}
