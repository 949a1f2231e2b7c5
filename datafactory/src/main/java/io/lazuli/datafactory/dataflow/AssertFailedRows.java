package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.MapOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.file.DatasetFormats;
import io.lazuli.datafactory.connector.file.FileLocation;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.languages.dataflow.transform.FlowColumn;
import io.lazuli.storage.FileCommit;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.LakeNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code outputAssertFailedRows: true} of a sink: the rows that failed an assertion go, besides, to a file of delimited text with a header,
 * in {@code assertFailure_container} (or {@code assertFailure_fileSystem}) and {@code assertFailure_folderPath} of the sink's
 * {@code rejectedDataLinkedService}. Their last column, {@code assertErrorMessages}, is JSON: messages by the assertions' identifiers.
 */
final class AssertFailedRows {
    private static final String MESSAGES = "assertErrorMessages";

    private final ResolvedDataset dataset;
    private final FileLocation location;
    private final FileTree tree;
    private final String file;

    private AssertFailedRows(ResolvedDataset dataset, FileStores stores, String file) {
        this.dataset = dataset;
        this.location = FileLocation.of(dataset);
        this.tree = stores.open(dataset.linkedService()).tree(location);
        this.file = file;
    }

    /** What a sink asks for, empty when it does not; {@code INVALID_ARGUMENT} without a place for the rows. */
    static Optional<AssertFailedRows> of(FlowDefinition flow, Arguments arguments, FlowSettings settings, FileStores stores) {
        if (!arguments.flag("outputAssertFailedRows", false)) {
            return Optional.empty();
        }
        String sink = arguments.statement().name();
        Optional<String> container = arguments.text("assertFailure_container").or(() -> arguments.text("assertFailure_fileSystem"));
        Optional<ResolvedLinkedService> service = flow.rejectedDataLinkedService(sink).or(() -> flow.linkedService(sink))
            .map(settings.linkedServices()).or(() -> Optional.of(FlowEnd.of(flow, arguments, settings).linkedService()))
            .filter(found -> FileStores.isFileStore(found.type()));
        if (container.isEmpty() || service.isEmpty()) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "outputAssertFailedRows of sink '%s' needs %s", sink,
                container.isEmpty() ? "assertFailure_container or assertFailure_fileSystem"
                    : "a rejectedDataLinkedService that is a store of files");
        }
        boolean blob = service.get().type().startsWith("AzureBlobStorage");
        ObjectNode properties = JsonMapper.shared().createObjectNode().put("columnDelimiter", ",").put("firstRowAsHeader", true);
        properties.putObject("location").put("type", service.get().type() + "Location")
            .put(blob ? "container" : "fileSystem", container.get())
            .put("folderPath", arguments.text("assertFailure_folderPath").orElse(""));
        return Optional.of(new AssertFailedRows(new ResolvedDataset(sink, "DelimitedText", properties, null, service.get(), flow.place()),
            stores, "assert-failed-" + settings.runId() + "-" + sink + ".csv"));
    }

    /** The sink, after which this file is written. */
    FlowSink after(FlowSink sink) {
        return new FlowSink() {
            @Override
            public long write(SinkInput input) {
                long rows = sink.write(input);
                AssertFailedRows.this.write(input);
                return rows;
            }

            @Override
            public boolean mayWrite(Path changed) {
                return sink.mayWrite(changed) || changed.startsWith(tree.resolve(location.path()));
            }
        };
    }

    /** Writes the file, unless there are no such rows. */
    private void write(SinkInput input) {
        if (!input.has(FlowColumn.FAILURES)) {
            return;
        }
        ColumnReference failures = ColumnReference.of(input.rows().schema().field(FlowColumn.FAILURES));
        Plan failed = new Filter(input.rows(), Call.of(ComparisonOperators.GREATER, Call.of(ArrayOperators.ARRAY_SIZE, failures),
            Literal.int32(0)));
        List<NamedExpression> columns = new ArrayList<>();
        input.columns().forEach(name -> columns.add(new NamedExpression(name, ColumnReference.of(failed.schema().field(name)))));
        Expression messages = Call.of(ConversionOperators.JSON_TEXT, Call.of(MapOperators.MAP_FROM_ENTRIES, failures));
        columns.add(new NamedExpression(MESSAGES, messages));
        try (FileCommit commit = tree.begin(); Session session = input.engine().open()) {
            long rows = session.execute(new WriteFile(FileFlowSink.texts(new Project(failed, columns)),
                FileFlowSink.format(DatasetFormats.format(dataset, JsonMapper.shared().createObjectNode())),
                commit.stage(LakeNames.path(location.path() + "/" + file))), input.execution());
            if (rows > 0) {
                commit.commit();
            }
        }
    }
}
