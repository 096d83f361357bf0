import pytest

from vectorstore.errors import ReadError
from vectorstore.readers.columns import columns_of, renamed


def test_fields_are_mapped() -> None:
    columns = columns_of(["text=body text", " Published = pub=date "])
    assert columns == {"text": "body text", "published": "pub=date"}
    record = {"body text": "a", "text": "b", "pub=date": "c", "title": "d"}
    assert renamed(record, columns) == {"text": "a", "published": "c", "title": "d"}
    assert renamed({"title": "d"}, columns) == {"title": "d"}


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        (["text"], "maps no field"),
        (["=a"], "maps no field"),
        (["text="], "maps no field"),
        (["words=body"], "FIELD one of text, title, url"),
        (["text=a", "text=b"], "mapped twice"),
    ],
)
def test_what_maps_nothing_says_so(pairs: list[str], reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        columns_of(pairs)
