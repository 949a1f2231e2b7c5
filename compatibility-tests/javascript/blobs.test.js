import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  BlobSASPermissions, BlobServiceClient, ContainerSASPermissions, ContainerClient, BlobClient
} from "@azure/storage-blob";
import { blobService, codeOf, names, newContainer } from "./world.js";

test("makes, describes, lists and deletes containers", async () => {
  const container = await newContainer();
  await container.setMetadata({ team: "sales" });
  assert.deepEqual((await container.getProperties()).metadata, { team: "sales" });
  assert.equal(await codeOf(() => container.create()), "409 ContainerAlreadyExists");
  assert.ok((await names(blobService.listContainers({ prefix: container.containerName }))).includes(container.containerName));
  await container.delete();
  assert.equal(await container.exists(), false);
});

test("puts and gets a small blob with its properties", async () => {
  const container = await newContainer();
  const blob = container.getBlockBlobClient("in/größe & co.txt");
  await blob.upload("text", 4, { blobHTTPHeaders: { blobContentType: "text/plain" }, metadata: { k: "v" }, tags: { project: "x" } });
  const properties = await blob.getProperties();
  assert.equal(properties.contentType, "text/plain");
  assert.deepEqual(properties.metadata, { k: "v" });
  assert.equal(String(await blob.downloadToBuffer()), "text");
  assert.equal(String(await blob.downloadToBuffer(1, 2)), "ex");
  assert.equal(await codeOf(() => container.getBlobClient("none").getProperties()), "404 BlobNotFound");
  assert.equal(await codeOf(() => blob.upload("x", 1, { conditions: { ifNoneMatch: "*" } })), "409 BlobAlreadyExists");
});

test("puts 64 MB in blocks and gets them back", async () => {
  const container = await newContainer();
  const content = randomBytes(64 * 1024 * 1024);
  const blob = container.getBlockBlobClient("large.bin");
  await blob.uploadData(content, { blockSize: 4 * 1024 * 1024, concurrency: 4, maxSingleShotSize: 1024 });
  assert.equal((await blob.getBlockList("committed")).committedBlocks.length, 16);
  assert.ok(content.equals(await blob.downloadToBuffer()));
});

test("lists flat, by hierarchy and by pages", async () => {
  const container = await newContainer();
  for (const name of ["a/1.txt", "a/b/2.txt", "c.txt"]) {
    await container.getBlockBlobClient(name).upload("x", 1);
  }
  assert.deepEqual(await names(container.listBlobsFlat()), ["a", "a/1.txt", "a/b", "a/b/2.txt", "c.txt"]);
  const top = [];
  for await (const item of container.listBlobsByHierarchy("/")) {
    top.push(`${item.kind} ${item.name}`);
  }
  assert.deepEqual(top, ["prefix a/", "blob c.txt"]);
  const pages = [];
  for await (const page of container.listBlobsFlat().byPage({ maxPageSize: 2 })) {
    pages.push(page.segment.blobItems.length);
  }
  assert.deepEqual(pages, [2, 2, 1]);
});

test("finds blobs by their tags", async () => {
  const container = await newContainer();
  const blob = container.getBlockBlobClient("tagged");
  await blob.upload("x", 1);
  await blob.setTags({ colour: "blue" });
  assert.deepEqual((await blob.getTags()).tags, { colour: "blue" });
  assert.deepEqual(await names(container.findBlobsByTags("colour='blue'")), ["tagged"]);
});

test("leases a blob", async () => {
  const container = await newContainer();
  const blob = container.getBlockBlobClient("leased");
  await blob.upload("x", 1);
  const lease = blob.getBlobLeaseClient();
  await lease.acquireLease(60);
  assert.equal(await codeOf(() => blob.upload("y", 1)), "412 LeaseIdMissing");
  await blob.upload("y", 1, { conditions: { leaseId: lease.leaseId } });
  await lease.releaseLease();
  await blob.delete();
});

test("reads and writes with shared access signatures", async () => {
  const container = await newContainer();
  const blob = container.getBlockBlobClient("shared");
  await blob.upload("text", 4);
  const expiresOn = new Date(Date.now() + 3600_000);
  const readOnly = new BlobClient(await blob.generateSasUrl({ permissions: BlobSASPermissions.parse("r"), expiresOn }));
  assert.equal(String(await readOnly.downloadToBuffer()), "text");
  assert.equal(await codeOf(() => readOnly.delete()), "403 AuthorizationPermissionMismatch");
  const listing = new ContainerClient(
    await container.generateSasUrl({ permissions: ContainerSASPermissions.parse("lw"), expiresOn }));
  await listing.getBlockBlobClient("second").upload("x", 1);
  assert.deepEqual(await names(listing.listBlobsFlat()), ["second", "shared"]);
  assert.equal(await codeOf(() => new BlobClient(blob.url).getProperties()), "401 NoAuthenticationInformation");
});

test("signs for an account", async () => {
  const url = blobService.generateAccountSasUrl(new Date(Date.now() + 3600_000));
  await new BlobServiceClient(url).getProperties();
});

test("copies at once and in the background", async () => {
  const container = await newContainer();
  const from = container.getBlockBlobClient("from");
  await from.upload("text", 4, { metadata: { k: "v" } });
  const to = container.getBlockBlobClient("to");
  const result = await (await to.beginCopyFromURL(from.url)).pollUntilDone();
  assert.equal(result.copyStatus, "success");
  assert.deepEqual((await to.getProperties()).metadata, { k: "v" });
  const expiresOn = new Date(Date.now() + 3600_000);
  const source = await from.generateSasUrl({ permissions: BlobSASPermissions.parse("r"), expiresOn });
  await container.getBlockBlobClient("third").syncCopyFromURL(source);
  await container.getBlockBlobClient("fourth").syncUploadFromURL(source);
  assert.equal(String(await container.getBlobClient("fourth").downloadToBuffer()), "text");
});

test("deletes in batches", async () => {
  const container = await newContainer();
  const blobs = ["1", "2", "3"].map((name) => container.getBlockBlobClient(name));
  await Promise.all(blobs.map((blob) => blob.upload("x", 1)));
  const answer = await container.getBlobBatchClient().deleteBlobs(blobs);
  assert.equal(answer.subResponsesSucceededCount, 3);
  assert.deepEqual(await names(container.listBlobsFlat()), []);
});

test("deletes in batches of an account", async () => {
  const container = await newContainer();
  const blobs = ["1", "2"].map((name) => container.getBlockBlobClient(name));
  await Promise.all(blobs.map((blob) => blob.upload("x", 1)));
  const answer = await blobService.getBlobBatchClient().deleteBlobs(blobs);
  assert.equal(answer.subResponsesSucceededCount, 2);
  assert.deepEqual(await names(container.listBlobsFlat()), []);
});

test("appends to append blobs", async () => {
  const container = await newContainer();
  const log = container.getAppendBlobClient("log.txt");
  await log.create();
  await log.appendBlock("one ", 4);
  await log.appendBlock("two", 3, { conditions: { appendPosition: 4 } });
  assert.equal(String(await log.downloadToBuffer()), "one two");
  assert.equal(await codeOf(() => log.appendBlock("x", 1, { conditions: { appendPosition: 0 } })), "412 AppendPositionConditionNotMet");
});
