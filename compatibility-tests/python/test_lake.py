import pytest
from azure.core.exceptions import HttpResponseError


def names(items):
    return [item.name for item in items]


def put(lake, path, data):
    file = lake.create_file(path)
    file.append_data(data, 0)
    file.flush_data(len(data))
    return file


def test_appends_in_any_order_and_flushes(lake):
    file = lake.create_file("a/b/c.txt")
    file.append_data(b"world", 6)
    file.append_data(b"hello ", 0)
    file.flush_data(11)
    assert file.download_file().readall() == b"hello world"
    file.append_data(b"!", 11, flush=True)
    assert file.get_file_properties().size == 12


def test_uploads_a_large_file(lake):
    content = b"0123456789" * 2_000_000
    file = lake.get_file_client("large.bin")
    file.upload_data(content, overwrite=True, chunk_size=4 * 1024 * 1024)
    assert file.download_file().readall() == content


def test_renames(lake):
    put(lake, "from/1.txt", b"one")
    moved = lake.get_directory_client("from").rename_directory(f"{lake.file_system_name}/to")
    assert moved.get_file_client("1.txt").download_file().readall() == b"one"
    put(lake, "full/2.txt", b"two")
    with pytest.raises(HttpResponseError) as failure:
        moved.rename_directory(f"{lake.file_system_name}/full")
    assert failure.value.error_code == "DirectoryNotEmpty"


def test_lists_and_deletes(lake):
    put(lake, "a/1.txt", b"x")
    put(lake, "b/2.txt", b"x")
    assert names(lake.get_paths()) == ["a", "a/1.txt", "b", "b/2.txt"]
    assert names(lake.get_paths("a", recursive=False)) == ["a/1.txt"]
    lake.delete_directory("a")
    assert names(lake.get_paths(recursive=False)) == ["b"]


def test_keeps_access_lists(lake):
    put(lake, "d/1.txt", b"x")
    directory = lake.get_directory_client("d")
    user = "b1d2c3d4-0000-4000-8000-000000000001"
    result = directory.update_access_control_recursive(f"user:{user}:r-x")
    assert (result.counters.directories_successful, result.counters.files_successful) == (1, 1)
    assert f"user:{user}:r-x" in directory.get_file_client("1.txt").get_access_control()["acl"]
    directory.set_access_control(permissions="0750")
    assert directory.get_access_control()["permissions"].startswith("rwxr-x---")


def test_leases(lake):
    file = put(lake, "a.txt", b"x")
    lease = file.acquire_lease(60)
    with pytest.raises(HttpResponseError) as failure:
        file.append_data(b"y", 1)
    assert failure.value.error_code == "LeaseIdMissing"
    file.append_data(b"y", 1, lease=lease)
    file.flush_data(2, lease=lease)
    lease.release()
