package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.deletionvectors.DeletionVectorUtils;
import io.delta.kernel.internal.deletionvectors.RoaringBitmapArray;
import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.type.Schema;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The rows of data files without those that the files' deletion vectors mark, by their positions. */
final class SurvivingRows implements RowSource {
    private final Engine engine;
    private final Scan files;
    private final int nameColumn;
    private final Map<String, RoaringBitmapArray> deleted = new HashMap<>();

    /**
     * Rows of files.
     *
     * @param files file after file, each in its order, with the column {@link DeltaVersion#FILE}
     */
    SurvivingRows(Engine engine, Scan files) {
        this.engine = engine;
        this.files = files;
        this.nameColumn = files.schema().names().indexOf(DeltaVersion.FILE);
    }

    void delete(String file, DeletionVectorDescriptor vector, Path folder, DeltaKernel kernel) {
        try {
            deleted.put(file, DeletionVectorUtils.loadNewDvAndBitmap(kernel, folder.toString(), vector)._2);
        } catch (KernelException e) {
            throw failure(AlgebraError.MALFORMED_DATA, "The deletion vector of %s cannot be read: %s", file, e.getMessage(), e);
        }
    }

    @Override
    public Schema schema() {
        return files.schema();
    }

    @Override
    public RowCursor open() {
        Session session = engine.open();
        RowCursor rows = session.query(files, Execution.UNWATCHED);
        return new RowCursor() {
            private String file;
            private long position;

            @Override
            public Schema schema() {
                return files.schema();
            }

            @Override
            public boolean next() {
                while (rows.next()) {
                    String name = (String) rows.value(nameColumn);
                    position = name.equals(file) ? position + 1 : 0;
                    file = name;
                    if (!deleted.get(file).contains(position)) {
                        return true;
                    }
                }
                return false;
            }

            @Override
            public Object value(int column) {
                return rows.value(column);
            }

            @Override
            public void close() {
                rows.close();
                session.close();
            }
        };
    }
}
