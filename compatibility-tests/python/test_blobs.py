import os
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pyarrow
import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.storage.blob import ArrowDialect, ArrowType, BlobClient, BlobSasPermissions, ContentSettings, StandardBlobTier, generate_blob_sas


def names(items):
    return [item.name for item in items]


def test_puts_and_gets_with_properties(container):
    blob = container.get_blob_client("in/größe & co.txt")
    blob.upload_blob(b"text", metadata={"k": "v"}, content_settings=ContentSettings(content_type="text/plain"))
    properties = blob.get_blob_properties()
    assert (properties.size, properties.metadata, properties.content_settings.content_type) == (4, {"k": "v"}, "text/plain")
    assert blob.download_blob().readall() == b"text"
    assert blob.download_blob(offset=1, length=2).readall() == b"ex"
    with pytest.raises(ResourceExistsError):
        blob.upload_blob(b"x")
    with pytest.raises(ResourceNotFoundError):
        container.get_blob_client("none").download_blob()


def test_puts_a_large_blob_in_blocks(container):
    content = os.urandom(40 * 1024 * 1024)
    blob = container.get_blob_client("large.bin")
    blob.upload_blob(content, max_concurrency=4)
    assert blob.download_blob(max_concurrency=4).readall() == content


def test_lists_by_levels(container):
    for name in ("a/1.txt", "a/b/2.txt", "c.txt"):
        container.upload_blob(name, b"x")
    assert names(container.list_blobs(name_starts_with="a/")) == ["a/1.txt", "a/b", "a/b/2.txt"]
    assert names(container.walk_blobs(delimiter="/")) == ["a/", "c.txt"]
    assert [len(list(page)) for page in container.list_blobs(results_per_page=2).by_page()] == [2, 2, 1]


def test_finds_by_tags(container):
    container.upload_blob("tagged", b"x", tags={"colour": "blue"})
    assert names(container.find_blobs_by_tags("colour='blue'")) == ["tagged"]


def test_leases(container):
    blob = container.upload_blob("leased", b"x")
    lease = blob.acquire_lease(60)
    with pytest.raises(HttpResponseError) as failure:
        blob.delete_blob()
    assert failure.value.error_code == "LeaseIdMissing"
    blob.delete_blob(lease=lease)


def test_copies(container):
    source = container.upload_blob("from", b"text")
    target = container.get_blob_client("to")
    assert target.start_copy_from_url(source.url)["copy_status"] == "success"
    assert target.download_blob().readall() == b"text"


def test_reads_with_a_signature(container):
    blob = container.upload_blob("shared", b"text")
    token = generate_blob_sas(
        blob.account_name, blob.container_name, blob.blob_name, account_key=os.environ["AZURE_STORAGE_KEY"],
        permission=BlobSasPermissions(read=True), expiry=datetime.now(timezone.utc) + timedelta(hours=1))
    signed = BlobClient.from_blob_url(f"{blob.url}?{token}")
    assert signed.download_blob().readall() == b"text"
    with pytest.raises(HttpResponseError) as failure:
        signed.delete_blob()
    assert failure.value.error_code == "AuthorizationPermissionMismatch"


def test_deletes_and_sets_tiers_in_batches(container):
    for name in ("1", "2"):
        container.upload_blob(name, b"x")
    container.set_standard_blob_tier_blobs(StandardBlobTier.COOL, "1", "2")
    assert {blob.blob_tier for blob in container.list_blobs()} == {"Cool"}
    container.delete_blobs("1", "2")
    assert names(container.list_blobs()) == []


def test_appends(container):
    log = container.get_blob_client("log.txt")
    log.create_append_blob()
    log.append_block(b"one ")
    log.append_block(b"two", appendpos_condition=4)
    assert log.download_blob().readall() == b"one two"


def test_queries_into_arrow(container):
    blob = container.upload_blob("numbers.csv", b"100,200,chair\n300,400,\n")
    fields = [ArrowDialect(ArrowType.DECIMAL, name="abc", precision=5, scale=2), ArrowDialect(ArrowType.STRING, name="name")]
    answer = blob.query_blob("SELECT _2, _3 FROM BlobStorage", output_format=fields).readall()
    assert pyarrow.ipc.open_stream(answer).read_all().to_pylist() == [
        {"abc": Decimal("200.00"), "name": "chair"}, {"abc": Decimal("400.00"), "name": None}]
