import json
import os
from datetime import datetime, timedelta, timezone

import pytest
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError
from azure.identity import ClientSecretCredential, DefaultAzureCredential, ManagedIdentityCredential
from azure.storage.blob import BlobClient, BlobSasPermissions, BlobServiceClient, generate_blob_sas
from azure.storage.filedatalake import DataLakeServiceClient

URL = os.environ["LAZULI_STORAGE_ENDPOINT"]


@pytest.fixture(autouse=True)
def trust(monkeypatch):
    """Trusts the service's own authority, as what signs in has no other setting for it."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", os.environ["LAZULI_CA"])


@pytest.fixture
def secret():
    return json.loads(os.environ["LAZULI_SECRET"])


def application(variables, secret):
    return ClientSecretCredential(variables["AZURE_TENANT_ID"], variables["AZURE_CLIENT_ID"], secret,
                                  authority=variables["AZURE_AUTHORITY_HOST"], disable_instance_discovery=True)


def round_trip(credential, container):
    blobs = BlobServiceClient(URL, credential=credential)
    blob = blobs.get_blob_client(container.container_name, "in/a.txt")
    blob.upload_blob(b"by token", overwrite=True)
    lake = DataLakeServiceClient(URL, credential=credential).get_file_system_client(container.container_name)
    assert lake.get_file_client("in/a.txt").download_file().readall() == b"by token"
    return blobs


def test_signs_in_as_managed_identity(container):
    round_trip(ManagedIdentityCredential(client_id=os.environ["AZURE_CLIENT_ID"]), container)


def test_signs_in_by_default(container):
    round_trip(DefaultAzureCredential(), container)


def test_signs_in_by_secret(container, secret):
    round_trip(application(secret, secret["AZURE_CLIENT_SECRET"]), container)


def test_refuses_a_wrong_secret(secret):
    with pytest.raises(ClientAuthenticationError):
        application(secret, "wrong").get_token("https://storage.azure.com/.default")


def test_signs_by_user_delegation(container, secret):
    blobs = round_trip(application(secret, secret["AZURE_CLIENT_SECRET"]), container)
    now = datetime.now(timezone.utc)
    key = blobs.get_user_delegation_key(now - timedelta(minutes=1), now + timedelta(hours=1))
    sas = generate_blob_sas(blobs.account_name, container.container_name, "in/a.txt", user_delegation_key=key,
                            permission=BlobSasPermissions(read=True), expiry=now + timedelta(minutes=30))
    blob = BlobClient.from_blob_url(f"{URL}/{container.container_name}/in/a.txt?{sas}")
    assert blob.download_blob().readall() == b"by token"
    with pytest.raises(HttpResponseError) as refused:
        blob.upload_blob(b"x", overwrite=True)
    assert (refused.value.status_code, refused.value.error_code) == (403, "AuthorizationPermissionMismatch")


def test_signs_for_requests_with_certain_headers(container, secret):
    blobs = round_trip(application(secret, secret["AZURE_CLIENT_SECRET"]), container)
    now = datetime.now(timezone.utc)
    key = blobs.get_user_delegation_key(now - timedelta(minutes=1), now + timedelta(hours=1))
    sas = generate_blob_sas(blobs.account_name, container.container_name, "in/a.txt", user_delegation_key=key,
                            permission=BlobSasPermissions(read=True), expiry=now + timedelta(minutes=30),
                            request_headers={"x-ms-client-purpose": "audit"}, request_query_params={"timeout": "30"})
    blob = BlobClient.from_blob_url(f"{URL}/{container.container_name}/in/a.txt?{sas}")
    assert blob.download_blob(headers={"x-ms-client-purpose": "audit"}, timeout=30).readall() == b"by token"
    with pytest.raises(HttpResponseError) as refused:
        blob.download_blob(headers={"x-ms-client-purpose": "other"}, timeout=30)
    assert (refused.value.status_code, refused.value.error_code) == (403, "AuthenticationFailed")
