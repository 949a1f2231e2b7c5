import { BlobServiceClient } from "@azure/storage-blob";
import { DataLakeServiceClient } from "@azure/storage-file-datalake";
import { randomUUID } from "node:crypto";

export { ContainerSASPermissions } from "@azure/storage-blob";

const connection = process.env.AZURE_STORAGE_CONNECTION_STRING;
if (!connection) {
  throw new Error("AZURE_STORAGE_CONNECTION_STRING is not set: start the tests with ./run");
}

export const blobService = BlobServiceClient.fromConnectionString(connection);
export const lakeService = DataLakeServiceClient.fromConnectionString(connection);

/** A container of its own for each test. */
export async function newContainer() {
  const container = blobService.getContainerClient(`c-${randomUUID()}`);
  await container.create();
  return container;
}

export async function newFileSystem() {
  const fileSystem = lakeService.getFileSystemClient(`f-${randomUUID()}`);
  await fileSystem.create();
  return fileSystem;
}

export async function names(items) {
  const found = [];
  for await (const item of items) {
    found.push(item.name);
  }
  return found;
}

/** Calls, and gives the code of the failure that must come. */
export async function codeOf(call) {
  try {
    await call();
  } catch (failure) {
    return `${failure.statusCode} ${failure.code ?? failure.details?.errorCode}`;
  }
  throw new Error("it did not fail");
}
