import os
import uuid

import pytest
from azure.storage.blob import BlobServiceClient
from azure.storage.filedatalake import DataLakeServiceClient


@pytest.fixture(scope="session")
def connection():
    return os.environ["AZURE_STORAGE_CONNECTION_STRING"]


@pytest.fixture
def container(connection):
    """A container of its own for each test."""
    return BlobServiceClient.from_connection_string(connection).create_container(f"c-{uuid.uuid4()}")


@pytest.fixture
def lake(connection):
    return DataLakeServiceClient.from_connection_string(connection).create_file_system(f"f-{uuid.uuid4()}")


@pytest.fixture
def storage_options():
    """What fsspec, and pandas with it, takes."""
    return {"connection_string": os.environ["AZURE_STORAGE_CONNECTION_STRING"]}


@pytest.fixture
def delta_options():
    """What delta-rs takes."""
    return {
        "azure_storage_account_name": os.environ["AZURE_STORAGE_ACCOUNT"],
        "azure_storage_account_key": os.environ["AZURE_STORAGE_KEY"],
        "azure_storage_endpoint": os.environ["AZURE_STORAGE_SERVICE_ENDPOINT"],
        "allow_http": "true",
    }
