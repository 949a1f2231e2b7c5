import { test } from "node:test";
import assert from "node:assert/strict";
import { ClientSecretCredential, DefaultAzureCredential, ManagedIdentityCredential } from "@azure/identity";
import { BlobClient, BlobSASPermissions, BlobServiceClient, generateBlobSASQueryParameters } from "@azure/storage-blob";
import { DataLakeServiceClient } from "@azure/storage-file-datalake";
import { codeOf, newContainer } from "./world.js";

const url = process.env.LAZULI_STORAGE_ENDPOINT;
const secrets = JSON.parse(process.env.LAZULI_SECRET);

function application(secret) {
  return new ClientSecretCredential(secrets.AZURE_TENANT_ID, secrets.AZURE_CLIENT_ID, secret,
    { authorityHost: secrets.AZURE_AUTHORITY_HOST, disableInstanceDiscovery: true, retryOptions: { maxRetries: 0 } });
}

/** Writes through one endpoint and reads through the other, over TLS. */
async function roundTrip(credential) {
  const { containerName } = await newContainer();
  const service = new BlobServiceClient(url, credential);
  await service.getContainerClient(containerName).getBlockBlobClient("in/a.txt").upload("by token", 8);
  const lake = new DataLakeServiceClient(url, credential).getFileSystemClient(containerName);
  assert.equal((await lake.getFileClient("in/a.txt").readToBuffer()).toString(), "by token");
  return { service, containerName };
}

test("signs in as managed identity of an app service", async () => {
  await roundTrip(new ManagedIdentityCredential({ clientId: process.env.AZURE_CLIENT_ID }));
});

test("signs in by default", async () => {
  await roundTrip(new DefaultAzureCredential());
});

test("signs in by secret", async () => {
  await roundTrip(application(secrets.AZURE_CLIENT_SECRET));
});

test("refuses a wrong secret", async () => {
  await assert.rejects(application("wrong").getToken("https://storage.azure.com/.default"), /AADSTS7000215/);
});

test("refuses a token that is none", async () => {
  const credential = { getToken: async () => ({ token: "a.b.c", expiresOnTimestamp: Date.now() + 3600_000 }) };
  const service = new BlobServiceClient(url, credential);
  assert.equal(await codeOf(() => service.getProperties()), "401 InvalidAuthenticationInfo");
});

test("signs by user delegation", async () => {
  const { service, containerName } = await roundTrip(application(secrets.AZURE_CLIENT_SECRET));
  const now = Date.now();
  const key = await service.getUserDelegationKey(new Date(now - 60_000), new Date(now + 3600_000));
  const signature = generateBlobSASQueryParameters({ containerName, blobName: "in/a.txt", permissions: BlobSASPermissions.parse("r"),
    expiresOn: new Date(now + 1800_000) }, key, service.accountName);
  const blob = new BlobClient(`${url}/${containerName}/in/a.txt?${signature}`);
  assert.equal((await blob.downloadToBuffer()).toString(), "by token");
  assert.equal(await codeOf(() => blob.delete()), "403 AuthorizationPermissionMismatch");
  const altered = new BlobClient(blob.url.replace("sp=r", "sp=rd"));
  assert.equal(await codeOf(() => altered.delete()), "403 AuthenticationFailed");
});
