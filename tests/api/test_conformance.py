"""What the OpenAPI document says is what the service does; `make conform` tries it with more requests."""

import subprocess

from tests.api.conformance import ROOT, command, samples_served

SAME_EACH_TIME = ("--generation-deterministic", "--no-shrink", "--phases", "examples,coverage,fuzzing")


def test_requests_made_up_from_the_document_find_no_difference() -> None:
    with samples_served() as url:
        done = subprocess.run(
            command(url, examples=5, options=SAME_EACH_TIME),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr
