import os

import adlfs
import duckdb
import pandas
import pyarrow
import pyarrow.dataset
import pyarrow.fs
import pytest
from deltalake import DeltaTable, write_deltalake
from duckdb_extensions import import_extension
from pandas.testing import assert_frame_equal


@pytest.fixture
def sales():
    return pandas.DataFrame({"id": [1, 2, 3], "shop": ["Bern", "Basel", "Bern"], "amount": [1.5, 2.5, 3.5]})


def test_fsspec_sees_files(container, storage_options):
    files = adlfs.AzureBlobFileSystem(**storage_options)
    name = container.container_name
    with files.open(f"{name}/a/b.txt", "wb") as out:
        out.write(b"text")
    assert files.ls(f"{name}/a") == [f"{name}/a/b.txt"]
    assert files.info(f"{name}/a/b.txt")["size"] == 4
    files.mv(f"{name}/a/b.txt", f"{name}/a/c.txt")
    assert files.cat(f"{name}/a/c.txt") == b"text"
    files.rm(f"{name}/a", recursive=True)
    assert not files.exists(f"{name}/a/c.txt")


def test_pandas_writes_and_reads_parquet_and_csv(container, storage_options, sales):
    place = f"abfs://{container.container_name}/sales"
    sales.to_parquet(f"{place}.parquet", storage_options=storage_options)
    assert_frame_equal(pandas.read_parquet(f"{place}.parquet", storage_options=storage_options), sales)
    sales.to_csv(f"{place}.csv", index=False, storage_options=storage_options)
    assert_frame_equal(pandas.read_csv(f"{place}.csv", storage_options=storage_options), sales)


def test_delta_rs_writes_reads_and_changes_tables(container, delta_options, sales):
    place = f"az://{container.container_name}/tables/sales"
    write_deltalake(place, pyarrow.Table.from_pandas(sales), storage_options=delta_options, partition_by=["shop"])
    write_deltalake(place, pyarrow.table({"id": [4], "shop": ["Chur"], "amount": [4.5]}), mode="append", storage_options=delta_options)
    table = DeltaTable(place, storage_options=delta_options)
    table.delete("id = 2")
    assert sorted(table.to_pyarrow_table()["id"].to_pylist()) == [1, 3, 4]
    assert sorted(DeltaTable(place, version=0, storage_options=delta_options).to_pyarrow_table()["id"].to_pylist()) == [1, 2, 3]
    assert [entry["operation"] for entry in table.history()] == ["DELETE", "WRITE", "WRITE"]


def test_fsspec_removes_a_folder_with_empty_folders_in_it(container, storage_options):
    files = adlfs.AzureBlobFileSystem(**storage_options)
    name = container.container_name
    files.pipe({f"{name}/a/b/1.txt": b"1", f"{name}/a/c/d/2.txt": b"2", f"{name}/a/3.txt": b"3"})
    files.rm(f"{name}/a/b/1.txt")
    files.rm(f"{name}/a", recursive=True)
    assert not files.exists(f"{name}/a")


def test_duckdb_reads_and_writes(container, connection):
    place = container.container_name
    endpoint = os.environ["AZURE_STORAGE_SERVICE_ENDPOINT"]
    import_extension("azure")
    duck = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    duck.sql("LOAD azure")
    duck.sql(f"CREATE SECRET lake (TYPE azure, CONNECTION_STRING '{connection}DfsEndpoint={endpoint};')")
    duck.sql(f"COPY (SELECT range AS id, range % 2 AS part FROM range(10)) TO 'az://{place}/blobs' (FORMAT parquet, PARTITION_BY (part))")
    duck.sql(f"COPY (SELECT range AS id FROM range(3)) TO 'abfss://{place}/paths/one.parquet'")
    rows = "SELECT part, sum(id)::INT FROM read_parquet('{}://{}/blobs/*/*.parquet', hive_partitioning = true) GROUP BY part ORDER BY part"
    assert duck.sql(rows.format("az", place)).fetchall() == [(0, 20), (1, 25)]
    assert duck.sql(rows.format("abfss", place)).fetchall() == [(0, 20), (1, 25)]
    assert duck.sql(f"SELECT count(*) FROM 'az://{place}/paths/one.parquet'").fetchall() == [(3,)]


def test_arrow_sees_a_file_system(container):
    host = os.environ["AZURE_STORAGE_SERVICE_ENDPOINT"].split("/")[2]
    files = pyarrow.fs.AzureFileSystem(
        account_name=os.environ["AZURE_STORAGE_ACCOUNT"], account_key=os.environ["AZURE_STORAGE_KEY"], blob_storage_authority=host,
        dfs_storage_authority=host, blob_storage_scheme="http", dfs_storage_scheme="http")
    name = container.container_name
    files.create_dir(f"{name}/a/b", recursive=True)
    with files.open_output_stream(f"{name}/a/b/1.txt") as out:
        out.write(b"text")
    files.move(f"{name}/a/b/1.txt", f"{name}/a/b/2.txt")
    files.move(f"{name}/a/b/2.txt", f"{name}/a/b/3.txt")
    files.move(f"{name}/a/b", f"{name}/a/c")
    found = files.get_file_info(pyarrow.fs.FileSelector(f"{name}/a", recursive=True))
    assert [entry.path for entry in found] == [f"{name}/a/c", f"{name}/a/c/3.txt"]
    assert files.open_input_file(f"{name}/a/c/3.txt").read() == b"text"
    files.delete_dir(f"{name}/a")
    table = pyarrow.table({"part": [1, 1, 2], "value": ["a", "b", "c"]})
    pyarrow.dataset.write_dataset(table, f"{name}/table", filesystem=files, format="parquet", partitioning=["part"],
                                  partitioning_flavor="hive")
    assert pyarrow.dataset.dataset(f"{name}/table", filesystem=files, partitioning="hive").to_table().num_rows == 3
