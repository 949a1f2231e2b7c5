package io.lazuli.datafactory.connector.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.storage.LakeNames;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a dataset's files are: a container of a store, a folder in it and, when the dataset names one, a file.
 *
 * @param container (file system, bucket) empty for stores without
 * @param folder without leading and trailing slash, empty for the root
 * @param fileName empty when the dataset means the folder
 * @param filters store settings that the dataset itself has: wildcards in its names, and older datasets' modification times
 */
public record FileLocation(String container, String folder, String fileName, ObjectNode filters) {
    /** By the location's type, the property that names the container; an empty one for stores without. */
    private static final Map<String, String> LOCATIONS = Map.ofEntries(
        Map.entry("AzureBlobStorageLocation", "container"),
        Map.entry("AzureBlobFSLocation", "fileSystem"),
        Map.entry("AzureDataLakeStoreLocation", ""),
        Map.entry("AzureFileStorageLocation", ""),
        Map.entry("FileServerLocation", ""),
        Map.entry("AmazonS3Location", "bucketName"),
        Map.entry("AmazonS3CompatibleLocation", "bucketName"),
        Map.entry("GoogleCloudStorageLocation", "bucketName"),
        Map.entry("OracleCloudStorageLocation", "bucketName"),
        Map.entry("SftpLocation", ""),
        Map.entry("FtpServerLocation", ""),
        Map.entry("HdfsLocation", ""));

    private static final Set<String> FOLDER_WITH_CONTAINER = Set.of("AzureBlob", "AzureBlobFSFile");
    private static final Set<String> FOLDER_ALONE = Set.of("AzureDataLakeStoreFile", "FileShare");

    /** The place of a dataset of files; {@code NOT_SUPPORTED} for places that are not files of a store. */
    public static FileLocation of(ResolvedDataset dataset) {
        Settings properties = new Settings(dataset.typeProperties(), "dataset '" + dataset.name() + "'");
        if (properties.has("location")) {
            return ofLocation(properties.object("location"), dataset);
        }
        if (FOLDER_WITH_CONTAINER.contains(dataset.type())) {
            String path = slashes(properties.text("folderPath").orElse(""));
            int slash = path.indexOf('/');
            return older(slash < 0 ? path : path.substring(0, slash), slash < 0 ? "" : path.substring(slash + 1), properties, dataset);
        }
        if (FOLDER_ALONE.contains(dataset.type())) {
            return older("", slashes(properties.text("folderPath").orElse("")), properties, dataset);
        }
        throw failure(CommonError.NOT_SUPPORTED, dataset.place(), "Dataset '%s' of type %s has no location: it is not files of a store",
            dataset.name(), dataset.type());
    }

    /** Whether a dataset is files of a store, and not a table or a web resource. */
    public static boolean isFiles(ResolvedDataset dataset) {
        String type = dataset.typeProperties().path("location").path("type").asString("");
        return !type.isEmpty() && !type.equals("HttpServerLocation")
            || FOLDER_WITH_CONTAINER.contains(dataset.type()) || FOLDER_ALONE.contains(dataset.type());
    }

    private static FileLocation ofLocation(Settings location, ResolvedDataset dataset) {
        String type = location.text("type").orElse("");
        String containerProperty = LOCATIONS.get(type);
        if (containerProperty == null) {
            throw failure(CommonError.NOT_SUPPORTED, dataset.place(), "Location type '%s' of dataset '%s' is not supported here%s",
                type, dataset.name(), NearestName.hint(type, LOCATIONS.keySet()));
        }
        if (location.text("version").isPresent()) {
            throw failure(CommonError.NOT_SUPPORTED, dataset.place(),
                "Property 'version' of the location of dataset '%s' is not supported: there are no versions of objects", dataset.name());
        }
        String container = containerProperty.isEmpty() ? "" : location.text(containerProperty).orElse("");
        String path = LakeNames.path(location.text("folderPath").orElse(""));
        // A container property may hold a path, as people write it in parameterised datasets; Azure takes its rest as folder.
        int slash = slashes(container).indexOf('/');
        if (slash >= 0) {
            path = LakeNames.path(container.substring(slash + 1) + "/" + path);
            container = container.substring(0, slash);
        }
        return split(container, path, location.text("fileName").orElse(""), dataset.typeProperties().objectNode());
    }

    private static FileLocation older(String container, String folder, Settings properties, ResolvedDataset dataset) {
        if (properties.elements("partitionedBy").stream().anyMatch(JsonNode::isObject)) {
            throw failure(CommonError.NOT_SUPPORTED, dataset.place(), "Property 'partitionedBy' of dataset '%s' is not supported",
                dataset.name());
        }
        ObjectNode filters = dataset.typeProperties().objectNode();
        for (String name : new String[] {"modifiedDatetimeStart", "modifiedDatetimeEnd", "fileFilter"}) {
            properties.text(name).ifPresent(value -> filters.put(name, value));
        }
        return split(container, LakeNames.path(folder), properties.text("fileName").orElse(""), filters);
    }

    /** A file name may have folders before it; wildcards in a dataset's names become filters. */
    private static FileLocation split(String container, String folder, String fileName, ObjectNode filters) {
        String name = LakeNames.path(fileName);
        if (Wildcard.isPattern(folder)) {
            filters.put("wildcardFolderPath", folder);
        }
        if (Wildcard.isPattern(name)) {
            filters.put("wildcardFileName", name);
            return new FileLocation(container, folder, "", filters);
        }
        int slash = name.lastIndexOf('/');
        return new FileLocation(container, LakeNames.path(folder + "/" + name.substring(0, Math.max(0, slash))),
            name.substring(slash + 1), filters);
    }

    private static String slashes(String path) {
        return path.replace('\\', '/').replaceFirst("^/+", "");
    }

    public boolean namesFile() {
        return !fileName.isEmpty();
    }

    /** The path of a file of this location within the container. */
    public String path(String name) {
        return folder.isEmpty() ? name : name.isEmpty() ? folder : folder + "/" + name;
    }

    /** The path of the named file, or of the folder. */
    public String path() {
        return path(fileName);
    }
}
