import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ContainerSASPermissions, names, newContainer } from "../javascript/world.js";

const program = new URL("node_modules/@azure-tools/azcopy-linux/dist/bin/azcopy_linux_amd64", import.meta.url).pathname;
// The package has it without the permission to run.
chmodSync(program, 0o755);
const work = mkdtempSync(join(tmpdir(), "azcopy-"));
after(() => rmSync(work, { recursive: true }));

function azcopy(...words) {
  const env = { ...process.env, AZCOPY_LOG_LOCATION: work, AZCOPY_JOB_PLAN_LOCATION: work, AZCOPY_DISABLE_SYSLOG: "true" };
  try {
    return execFileSync(program, [...words, "--skip-version-check"], { env, encoding: "utf8" });
  } catch (failure) {
    throw new Error(`azcopy ${words[0]} failed: ${failure.stdout ?? failure}`);
  }
}

/** The address of something in a container, with a signature for all that azcopy does. */
async function address(container, path = "") {
  const url = new URL(await container.generateSasUrl({
    permissions: ContainerSASPermissions.parse("racwdl"), expiresOn: new Date(Date.now() + 3600_000)
  }));
  url.pathname += path ? `/${path}` : "";
  return url.href;
}

function folder(files) {
  const place = mkdtempSync(join(work, "files-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(place, name, ".."), { recursive: true });
    writeFileSync(join(place, name), content);
  }
  return place;
}

test("azcopy uploads, lists, downloads and removes", async () => {
  const container = await newContainer();
  const large = Buffer.alloc(20 * 1024 * 1024, "x");
  const files = folder({ "a/1.txt": "one", "large.bin": large });
  azcopy("copy", `${files}/*`, await address(container, "in"), "--recursive", "--from-to", "LocalBlob", "--block-size-mb", "4");
  assert.deepEqual(await names(container.listBlobsFlat()), ["in", "in/a", "in/a/1.txt", "in/large.bin"]);
  assert.match(azcopy("list", await address(container), "--location", "Blob"), /in\/a\/1\.txt; Content Length: 3/);
  const down = folder({});
  azcopy("copy", await address(container, "in"), down, "--recursive", "--from-to", "BlobLocal");
  assert.ok(large.equals(readFileSync(join(down, "in/large.bin"))));
  azcopy("remove", await address(container, "in/a/1.txt"), "--from-to", "BlobTrash");
  assert.deepEqual(await names(container.listBlobsFlat()), ["in", "in/a", "in/large.bin"]);
});

test("azcopy removes folders", async () => {
  const container = await newContainer();
  await Promise.all(["in/a/1.txt", "in/a/b/2.txt", "out/3.txt"].map(name => container.getBlockBlobClient(name).upload("x", 1)));
  azcopy("remove", await address(container, "in"), "--recursive", "--from-to", "BlobFSTrash");
  assert.deepEqual(await names(container.listBlobsFlat()), ["out", "out/3.txt"]);
  assert.equal(await container.getBlobClient("in").exists(), false);
});

test("azcopy synchronises", async () => {
  const container = await newContainer();
  const files = folder({ "1.txt": "one", "2.txt": "two" });
  azcopy("sync", files, await address(container), "--from-to", "LocalBlob");
  rmSync(join(files, "2.txt"));
  writeFileSync(join(files, "3.txt"), "three");
  azcopy("sync", files, await address(container), "--from-to", "LocalBlob", "--delete-destination", "true");
  assert.deepEqual(await names(container.listBlobsFlat()), ["1.txt", "3.txt"]);
});

test("azcopy copies from service to service", async () => {
  const from = await newContainer();
  const to = await newContainer();
  await from.getBlockBlobClient("a/1.txt").upload("one", 3, { metadata: { k: "v" } });
  await from.getBlockBlobClient("large").uploadData(Buffer.alloc(12 * 1024 * 1024, "y"));
  azcopy("copy", await address(from), await address(to), "--recursive", "--from-to", "BlobBlob", "--block-size-mb", "4", "--as-subdir=false");
  assert.deepEqual(await names(to.listBlobsFlat()), ["a", "a/1.txt", "large"]);
  assert.deepEqual((await to.getBlobClient("a/1.txt").getProperties()).metadata, { k: "v" });
});

test("azcopy uploads to the Data Lake endpoint, in parallel appends", async () => {
  const container = await newContainer();
  const content = Buffer.from(Array.from({ length: 20 * 1024 * 1024 }, (_, i) => i % 251));
  const files = folder({ "large.bin": content });
  azcopy("copy", `${files}/large.bin`, await address(container, "d/large.bin"), "--from-to", "LocalBlobFS", "--block-size-mb", "1");
  assert.ok(content.equals(await container.getBlobClient("d/large.bin").downloadToBuffer()));
});
