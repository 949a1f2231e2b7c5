import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, lakeService, names, newFileSystem } from "./world.js";

async function put(fileSystem, path, text) {
  const file = fileSystem.getFileClient(path);
  await file.create();
  await file.append(text, 0, text.length);
  await file.flush(text.length);
  return file;
}

const text = async (file) => String(await file.readToBuffer());

test("makes, describes and lists file systems", async () => {
  const fileSystem = await newFileSystem();
  await fileSystem.setMetadata({ team: "sales" });
  assert.deepEqual((await fileSystem.getProperties()).metadata, { team: "sales" });
  assert.ok((await names(lakeService.listFileSystems())).includes(fileSystem.name));
  await fileSystem.delete();
  assert.equal(await fileSystem.exists(), false);
});

test("appends in any order and flushes", async () => {
  const fileSystem = await newFileSystem();
  const file = fileSystem.getFileClient("a/b/c.txt");
  await file.create();
  await Promise.all([file.append("world", 6, 5), file.append("hello ", 0, 6)]);
  await file.flush(11, { close: true });
  assert.equal(await text(file), "hello world");
  assert.equal(await codeOf(() => file.flush(20)), "400 InvalidFlushPosition");
});

test("flushes with an append, and takes and gives back a lease with it", async () => {
  const fileSystem = await newFileSystem();
  const file = fileSystem.getFileClient("a.txt");
  await file.create();
  await file.append("text", 0, 4, {
    flush: true, leaseAction: "acquire-release", leaseDurationInSeconds: 60, proposedLeaseId: "6b0a3c8e-3c5e-4a55-9f6e-0d2f0c3c9d11"
  });
  assert.equal(await text(file), "text");
  assert.equal((await file.getProperties()).leaseState, "available");
});

test("keeps what was appended beyond a flush when it shall", async () => {
  const fileSystem = await newFileSystem();
  const file = fileSystem.getFileClient("a.txt");
  await file.create();
  await file.append("one two", 0, 7);
  await file.flush(3, { retainUncommittedData: true });
  assert.equal(await text(file), "one");
  await file.flush(7);
  assert.equal(await text(file), "one two");
});

test("uploads and reads", async () => {
  const fileSystem = await newFileSystem();
  const file = fileSystem.getFileClient("dir with space/ä%2F.bin");
  const content = Buffer.alloc(9 * 1024 * 1024, "x");
  await file.upload(content, { chunkSize: 1024 * 1024, singleUploadThreshold: 1024 });
  assert.ok(content.equals(await file.readToBuffer()));
});

test("moves files and directories", async () => {
  const fileSystem = await newFileSystem();
  const file = await put(fileSystem, "from/1.txt", "one");
  await file.move("from/2.txt");
  await fileSystem.getDirectoryClient("from").move("to");
  assert.equal(await text(fileSystem.getFileClient("to/2.txt")), "one");
  assert.equal(await fileSystem.getDirectoryClient("from").exists(), false);
  await put(fileSystem, "full/1.txt", "x");
  assert.equal(await codeOf(() => fileSystem.getDirectoryClient("to").move("full")), "409 DirectoryNotEmpty");
  const other = await newFileSystem();
  await fileSystem.getFileClient("to/2.txt").move(other.name, "moved.txt");
  assert.equal(await text(other.getFileClient("moved.txt")), "one");
});

test("sets access lists, for all below too", async () => {
  const fileSystem = await newFileSystem();
  await put(fileSystem, "d/1.txt", "x");
  const directory = fileSystem.getDirectoryClient("d");
  const anna = {
    accessControlType: "user", entityId: "b1d2c3d4-0000-4000-8000-000000000001", defaultScope: false,
    permissions: { read: true, write: false, execute: true }
  };
  const result = await directory.updateAccessControlRecursive([anna]);
  assert.equal(result.counters.changedDirectoriesCount, 1);
  assert.equal(result.counters.changedFilesCount, 1);
  const list = await fileSystem.getFileClient("d/1.txt").getAccessControl();
  assert.ok(list.acl.some((entry) => entry.entityId === anna.entityId));
  await directory.setPermissions({
    owner: { read: true, write: true, execute: true }, group: { read: true, write: false, execute: true },
    other: { read: false, write: false, execute: false }, stickyBit: true, extendedAcls: false
  });
  assert.equal((await directory.getAccessControl()).permissions.stickyBit, true);
});

test("lists and deletes", async () => {
  const fileSystem = await newFileSystem();
  await put(fileSystem, "a/1.txt", "x");
  await put(fileSystem, "b/2.txt", "x");
  assert.deepEqual(await names(fileSystem.listPaths({ recursive: true })), ["a", "a/1.txt", "b", "b/2.txt"]);
  assert.deepEqual(await names(fileSystem.listPaths({ path: "a" })), ["a/1.txt"]);
  // With the account in the path, a delete without `recursive` is that of the Blob endpoint, which words it so.
  assert.equal(await codeOf(() => fileSystem.getDirectoryClient("a").delete()), "409 DirectoryIsNotEmpty");
  await fileSystem.getDirectoryClient("a").delete(true);
  assert.deepEqual(await names(fileSystem.listPaths()), ["b"]);
});

test("leases a file", async () => {
  const fileSystem = await newFileSystem();
  const file = await put(fileSystem, "a.txt", "x");
  const lease = file.getDataLakeLeaseClient();
  await lease.acquireLease(60);
  assert.equal(await codeOf(() => file.append("y", 1, 1)), "412 LeaseIdMissing");
  await lease.releaseLease();
});
