import adlfs
import pandas
import pyarrow
import pytest
from deltalake import DeltaTable, write_deltalake
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
