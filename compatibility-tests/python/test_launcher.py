"""The command itself, started as containers and schedulers start it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

LAZULI = Path(__file__).parents[2] / "lazuli"


@pytest.mark.parametrize("locale", [{}, {"LC_ALL": "C"}, {"LANG": "C"}, {"LANG": "xx_XX.UTF-8"}], ids=str)
def test_names_are_utf_8_in_every_locale(tmp_path, locale):
    environment = {name: value for name, value in os.environ.items() if name != "LANG" and not name.startswith("LC_")} | locale
    name = "größe ☃.csv"
    (tmp_path / name).write_text("a,b")

    def lake(*words):
        return subprocess.run([LAZULI, "lake", *words, "--workspace", tmp_path], env=environment, capture_output=True, check=True).stdout.decode()

    lake("cp", tmp_path / name, f"contosolake/raw/in/{name}")
    assert (tmp_path / ".lazuli/lake/contosolake/raw/in" / name).read_text() == "a,b"
    assert lake("ls", "contosolake/raw/in").endswith(f"in/{name}\n")
    assert lake("cat", f"contosolake/raw/in/{name}") == "a,b"


def test_a_checkout_in_which_nothing_can_be_built_is_named(tmp_path):
    launcher = shutil.copy(LAZULI, tmp_path)
    (tmp_path / "cli").write_text("a file where the build's folder would be")

    ended = subprocess.run([launcher, "--version"], capture_output=True, text=True)
    assert ended.returncode == 3
    assert ended.stderr == (
        f"lazuli: Lazuli is to be built and '{tmp_path}/cli/target' cannot be written; start it once as a user who may.\n"
    )
