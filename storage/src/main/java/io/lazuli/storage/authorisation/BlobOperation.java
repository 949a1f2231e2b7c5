package io.lazuli.storage.authorisation;

import io.lazuli.governance.role.Operation;

/** The operations of Azure's resource provider for storage that roles allow. */
final class BlobOperation {
    private static final String SERVICES = "Microsoft.Storage/storageAccounts/blobServices/";
    private static final String CONTAINERS = SERVICES + "containers/";
    private static final String BLOBS = CONTAINERS + "blobs/";

    static final Operation READ_SERVICE = Operation.action(SERVICES + "read");
    static final Operation WRITE_SERVICE = Operation.action(SERVICES + "write");
    static final Operation INFORMATION = Operation.action(SERVICES + "getInfo/action");
    static final Operation DELEGATE = Operation.action(SERVICES + "generateUserDelegationKey/action");
    static final Operation READ_CONTAINER = Operation.action(CONTAINERS + "read");
    static final Operation WRITE_CONTAINER = Operation.action(CONTAINERS + "write");
    static final Operation DELETE_CONTAINER = Operation.action(CONTAINERS + "delete");
    static final Operation GET_POLICIES = Operation.action(CONTAINERS + "getAcl/action");
    static final Operation SET_POLICIES = Operation.action(CONTAINERS + "setAcl/action");
    static final Operation READ = Operation.dataAction(BLOBS + "read");
    static final Operation WRITE = Operation.dataAction(BLOBS + "write");
    static final Operation ADD = Operation.dataAction(BLOBS + "add/action");
    static final Operation DELETE = Operation.dataAction(BLOBS + "delete");
    static final Operation DELETE_VERSION = Operation.dataAction(BLOBS + "deleteBlobVersion/action");
    static final Operation DELETE_FOR_GOOD = Operation.dataAction(BLOBS + "permanentDelete/action");
    static final Operation MOVE = Operation.dataAction(BLOBS + "move/action");
    static final Operation FILTER = Operation.dataAction(BLOBS + "filter/action");
    static final Operation READ_TAGS = Operation.dataAction(BLOBS + "tags/read");
    static final Operation WRITE_TAGS = Operation.dataAction(BLOBS + "tags/write");
    static final Operation OWNERSHIP = Operation.dataAction(BLOBS + "manageOwnership/action");
    static final Operation PERMISSIONS = Operation.dataAction(BLOBS + "modifyPermissions/action");
    static final Operation SUPERUSER = Operation.dataAction(BLOBS + "runAsSuperUser/action");
    static final Operation IMMUTABILITY = Operation.dataAction(BLOBS + "immutableStorage/runAsSuperUser/action");

    private BlobOperation() {
    }
}
