package io.lazuli.cli.lake;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeAddress;
import java.util.List;
import java.util.Optional;

/** Says that nothing is at a path of the lake, and which path that is there is the nearest. */
final class MissingPath {
    private MissingPath() {
    }

    static LazuliException of(Lake lake, LakeAddress address) {
        return failure(CommonError.NOT_FOUND, "There is no '%s' in the lake%s", address,
            nearest(lake, address).map(near -> "; did you mean '" + near + "'?").orElse(""));
    }

    private static Optional<String> nearest(Lake lake, LakeAddress address) {
        String account = address.account();
        if (!lake.accounts().contains(account)) {
            return NearestName.of(account, lake.accounts());
        }
        if (!lake.containers(account).contains(address.container())) {
            return NearestName.of(address.container(), lake.containers(account)).map(near -> account + "/" + near);
        }
        FileTree tree = lake.container(account, address.container());
        String folder = "";
        for (String part : address.path().split("/")) {
            List<String> names = tree.entries(folder).stream().map(FileStatus::name).toList();
            String above = folder.isEmpty() ? "" : folder + "/";
            if (!names.contains(part)) {
                return NearestName.of(part, names).map(near -> account + "/" + address.container() + "/" + above + near);
            }
            folder = above + part;
        }
        return Optional.empty();
    }
}
