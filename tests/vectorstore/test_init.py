import subprocess
import sys

import pytest

TELL = "import os, sys, {package}; print('numpy' in sys.modules, os.environ['OPENBLAS_NUM_THREADS'])"


@pytest.mark.parametrize("package", ["vectorstore", "qa"])
def test_one_thread_for_products_is_set_before_numpy_can_be_imported(package: str) -> None:
    command = [sys.executable, "-c", TELL.format(package=package)]
    said = subprocess.run(command, env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "1"]


def test_who_runs_it_may_set_another_number() -> None:
    environment = {"PYTHONPATH": ":".join(sys.path), "OPENBLAS_NUM_THREADS": "2"}
    command = [sys.executable, "-c", TELL.format(package="qa")]
    assert subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()[1] == "2"
