package io.lazuli.cli.lake;

import picocli.CommandLine.Command;

/** {@code lazuli lake}: the files of storage accounts. */
@Command(
    name = "lake",
    description = "Lists, shows, copies and removes files of the lake. A path is account/container/path, or a URL as Azure has them.",
    mixinStandardHelpOptions = true,
    subcommands = {LakeList.class, LakeShow.class, LakeCopy.class, LakeRemove.class, LakeMakeFolder.class, LakeLifecycle.class})
public final class LakeCommand {
}
