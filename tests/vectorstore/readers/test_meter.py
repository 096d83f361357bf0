"""How far reading has come."""

import gzip
from pathlib import Path

from vectorstore.fetching import Fetcher
from vectorstore.readers.places import Place, PlacesReader


def test_the_share_of_files_grows_by_their_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("w" * 100)
    (tmp_path / "b.jsonl").write_text("".join(f'{{"text": "Storm {n:05}", "id": "{n}"}}\n' for n in range(5_000)))
    reader = PlacesReader([tmp_path], Fetcher(), lambda _: None, {}, measured=True)
    shares = [reader.share() for _ in reader.read()]
    known = [share for share in shares if share is not None]
    assert len(known) == 5_001
    assert known == sorted(known)
    assert known[0] < 0.01
    assert 0.3 < known[2_500] < 0.7
    assert known[-1] == 1.0
    assert reader.share() == 1.0


def test_packed_files_count_as_they_are(tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "Storm {n * 7919 % 10_007}", "id": "{n}"}}\n' for n in range(50_000))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    reader = PlacesReader([tmp_path / "b.jsonl.gz"], Fetcher(), lambda _: None, {}, measured=True)
    shares = [reader.share() or 0.0 for _ in reader.read()]
    assert 0.3 < shares[25_000] < 0.7
    assert shares[-1] == 1.0


def test_of_files_and_addresses_together_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    places: list[Place] = [tmp_path, "http://127.0.0.1:9/"]
    reader = PlacesReader(places, Fetcher(), lambda _: None, {}, measured=True)
    assert [reader.share() for _ in reader.read()] == [None, None]
    assert PlacesReader([tmp_path], Fetcher(), lambda _: None, {}).share() is None
