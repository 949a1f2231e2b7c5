package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.file.DatasetFormats;
import io.lazuli.datafactory.connector.file.FileLocation;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.storage.FileCommit;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.LakeNames;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of delimited text with a header beside a sink, in {@code PREFIX_container} (or {@code PREFIX_fileSystem}) and
 * {@code PREFIX_folderPath} of the sink's {@code rejectedDataLinkedService}.
 */
final class SideFile {
    private final ResolvedDataset dataset;
    private final FileLocation location;
    private final FileTree tree;
    private final String file;

    private SideFile(ResolvedDataset dataset, FileStores stores, String file) {
        this.dataset = dataset;
        this.location = FileLocation.of(dataset);
        this.tree = stores.open(dataset.linkedService()).tree(location);
        this.file = file;
    }

    /** The file that an option asks for; {@code INVALID_ARGUMENT} without a place for it. */
    static SideFile of(FlowDefinition flow, Arguments arguments, FlowSettings settings, FileStores stores, String option, String prefix) {
        String sink = arguments.statement().name();
        Optional<String> container = arguments.text(prefix + "_container").or(() -> arguments.text(prefix + "_fileSystem"));
        Optional<ResolvedLinkedService> service = flow.rejectedDataLinkedService(sink).or(() -> flow.linkedService(sink))
            .map(settings.linkedServices()).or(() -> Optional.of(FlowEnd.of(flow, arguments, settings).linkedService()))
            .filter(found -> FileStores.isFileStore(found.type()));
        if (container.isEmpty() || service.isEmpty()) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "%s of sink '%s' needs %s", option, sink,
                container.isEmpty() ? prefix + "_container or " + prefix + "_fileSystem"
                    : "a rejectedDataLinkedService that is a store of files");
        }
        boolean blob = service.get().type().startsWith("AzureBlobStorage");
        ObjectNode properties = JsonMapper.shared().createObjectNode().put("columnDelimiter", ",").put("firstRowAsHeader", true);
        properties.putObject("location").put("type", service.get().type() + "Location")
            .put(blob ? "container" : "fileSystem", container.get())
            .put("folderPath", arguments.text(prefix + "_folderPath").orElse(""));
        String name = prefix.equals("assertFailure") ? "assert-failed-" : "rejected-";
        return new SideFile(new ResolvedDataset(sink, "DelimitedText", properties, null, service.get(), flow.place()), stores,
            name + settings.runId() + "-" + sink + ".csv");
    }

    boolean mayWrite(Path changed) {
        return changed.startsWith(tree.resolve(location.path()));
    }

    /** Writes the rows aside, does the work, and puts the file in place; without rows there is no file. What fails before leaves none. */
    <T> T write(Plan rows, SinkInput input, Supplier<T> work) {
        try (FileCommit commit = tree.begin(); Session session = input.engine().open()) {
            long count = session.execute(new WriteFile(WrittenValues.delimited(rows),
                FileFlowSink.format(DatasetFormats.format(dataset, JsonMapper.shared().createObjectNode())),
                commit.stage(LakeNames.path(location.path() + "/" + file))), input.execution());
            if (count > 0) {
                commit.requirePlaces();
            }
            T result = work.get();
            if (count > 0) {
                commit.commit();
            }
            return result;
        }
    }
}
