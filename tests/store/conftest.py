"""A store that is open, and a small disk."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.made import small_ontology

from zhiguan import resources
from zhiguan.store import Store


@pytest.fixture(scope="module", autouse=True)
def _small_ontology() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resources, "read_ontology", small_ontology)
        yield


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as opened:
        yield opened


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB, where the system lets us mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"cannot mount a small disk here: {error}")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)
