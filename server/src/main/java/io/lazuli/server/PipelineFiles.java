package io.lazuli.server;

import io.lazuli.storage.LakeListener;

/** Hands on what pipelines do to files, once there is who takes it: pipelines and the storage service need each other. */
final class PipelineFiles implements LakeListener {
    private volatile LakeListener next = LakeListener.NOBODY;

    void connect(LakeListener listener) {
        next = listener;
    }

    /** What runs that do not end in time still do to files is found by the next start. */
    void disconnect() {
        next = LakeListener.NOBODY;
    }

    @Override
    public void written(String account, String container, String path) {
        next.written(account, container, path);
    }

    @Override
    public void removed(String account, String container, String path) {
        next.removed(account, container, path);
    }
}
