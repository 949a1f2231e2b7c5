package io.lazuli.datafactory.connector.delta;

import io.delta.kernel.defaults.engine.DefaultExpressionHandler;
import io.delta.kernel.defaults.engine.DefaultFileSystemClient;
import io.delta.kernel.defaults.engine.DefaultJsonHandler;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.ExpressionHandler;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.ParquetHandler;

/** What Delta Kernel works with: its own readers of JSON and of expressions over plain files, and this program's engine for Parquet. */
final class DeltaKernel implements Engine {
    private final LocalFiles files = new LocalFiles();
    private final ParquetHandler parquet;

    DeltaKernel(io.lazuli.algebra.engine.Engine engine) {
        this.parquet = new CheckpointFiles(engine);
    }

    @Override
    public ExpressionHandler getExpressionHandler() {
        return new DefaultExpressionHandler();
    }

    @Override
    public JsonHandler getJsonHandler() {
        return new DefaultJsonHandler(files);
    }

    @Override
    public FileSystemClient getFileSystemClient() {
        return new DefaultFileSystemClient(files);
    }

    @Override
    public ParquetHandler getParquetHandler() {
        return parquet;
    }
}
