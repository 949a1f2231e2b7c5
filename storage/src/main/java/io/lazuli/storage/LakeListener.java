package io.lazuli.storage;

/** Hears of files of accounts that pipelines and commands write or remove, after they did; not of what the storage service does itself. */
public interface LakeListener {
    /** Hears nothing. */
    LakeListener NOBODY = new LakeListener() {
        @Override
        public void written(String account, String container, String path) {
        }

        @Override
        public void removed(String account, String container, String path) {
        }
    };

    void written(String account, String container, String path);

    void removed(String account, String container, String path);
}
