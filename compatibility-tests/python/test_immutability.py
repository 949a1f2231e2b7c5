import json
import os
from urllib.parse import urlsplit

import pytest
from azure.core import MatchConditions
from azure.core.exceptions import HttpResponseError
from azure.identity import ClientSecretCredential
from azure.mgmt.storage import StorageManagementClient

URL = os.environ["LAZULI_STORAGE_ENDPOINT"]
ACCOUNT = os.environ["AZURE_STORAGE_ACCOUNT"]


@pytest.fixture
def manager(monkeypatch):
    """Azure's resource manager for storage, as far as it is served."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", os.environ["LAZULI_CA"])
    secret = json.loads(os.environ["LAZULI_SECRET"])
    credential = ClientSecretCredential(secret["AZURE_TENANT_ID"], secret["AZURE_CLIENT_ID"], secret["AZURE_CLIENT_SECRET"],
                                        authority=secret["AZURE_AUTHORITY_HOST"], disable_instance_discovery=True)
    parts = urlsplit(URL)
    return StorageManagementClient(credential, "any", base_url=f"{parts.scheme}://{parts.netloc}",
                                   credential_scopes=["https://management.azure.com/.default"]).blob_containers


def refused(call):
    with pytest.raises(HttpResponseError) as failure:
        call()
    return failure.value


def test_keeps_blobs_by_a_policy(manager, container):
    name = container.container_name
    container.upload_blob("a", b"text")
    policy = manager.create_or_update_immutability_policy(
        "any", ACCOUNT, name, {"properties": {"immutabilityPeriodSinceCreationInDays": 3, "allowProtectedAppendWrites": True}})
    assert (policy.state, policy.immutability_period_since_creation_in_days) == ("Unlocked", 3)
    assert refused(lambda: container.upload_blob("a", b"other", overwrite=True)).error_code == "BlobImmutableDueToPolicy"
    assert refused(lambda: container.delete_blob("a")).error_code == "BlobImmutableDueToPolicy"
    assert manager.get(resource_group_name="any", account_name=ACCOUNT, container_name=name).has_immutability_policy
    manager.delete_immutability_policy("any", ACCOUNT, name, etag=policy.etag,
                                       match_condition=MatchConditions.IfNotModified)
    container.delete_blob("a")


def test_keeps_blobs_by_a_legal_hold(manager, container):
    name = container.container_name
    container.upload_blob("a", b"text")
    assert manager.set_legal_hold("any", ACCOUNT, name, {"tags": ["case1", "case2"]}).tags == ["case1", "case2"]
    assert container.get_container_properties().has_legal_hold
    assert refused(lambda: container.delete_blob("a")).error_code == "BlobImmutableDueToLegalHold"
    assert refused(container.delete_container).error_code == "ContainerHasLegalHold"
    assert not manager.clear_legal_hold("any", ACCOUNT, name, {"tags": ["case1", "case2"]}).has_legal_hold
    container.delete_blob("a")


def test_locks_and_extends_a_policy(manager, container):
    name = container.container_name
    policy = manager.create_or_update_immutability_policy(
        "any", ACCOUNT, name, {"properties": {"immutabilityPeriodSinceCreationInDays": 3}})
    locked = manager.lock_immutability_policy("any", ACCOUNT, name, etag=policy.etag,
                                              match_condition=MatchConditions.IfNotModified)
    assert locked.state == "Locked"
    longer = manager.extend_immutability_policy("any", ACCOUNT, name, etag=locked.etag, match_condition=MatchConditions.IfNotModified,
                                                parameters={"properties": {"immutabilityPeriodSinceCreationInDays": 4}})
    assert longer.immutability_period_since_creation_in_days == 4
    assert refused(container.delete_container).error_code == "ContainerImmutabilityPolicyLocked"
    manager.delete("any", ACCOUNT, name)
    assert not container.exists()
