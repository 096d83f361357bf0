import pytest

from qa.language.quotations import find_quotations, holds

SOURCE = "Gen Carter feared a “security\nvacuum”, saying: “We can't – and won't – leave. The army's work isn't done.”"


@pytest.mark.parametrize(
    ("claim", "parts"),
    [
        ("A “security vacuum” is near.", ("security vacuum",)),
        ('A "security vacuum," he said.', ("security vacuum",)),
        ("A ‘security vacuum’ is near.", ("security vacuum",)),
        ("A 'security vacuum' isn't near.", ("security vacuum",)),
        ("A «security vacuum» is near.", ("security vacuum",)),
        ("“We can't … leave.”", ("We can't", "leave")),
        ("“We [the army] won't . . . leave”", ("We", "won't", "leave")),
    ],
)
def test_quotations_are_found_with_their_parts(claim: str, parts: tuple[str, ...]) -> None:
    (quotation,) = find_quotations(claim)
    assert quotation.parts == parts


@pytest.mark.parametrize("claim", ["The army's work isn't done.", "The soldiers' work", "A “ lone mark", "“…”"])
def test_apostrophes_and_lone_marks_quote_nothing(claim: str) -> None:
    assert find_quotations(claim) == ()


@pytest.mark.parametrize(
    ("quoted", "held"),
    [
        ("security vacuum", True),
        ("Security vacuum.", True),
        ("security  vacuum", True),
        ("We can’t — and won’t — leave", True),
        ("We can't ... leave", True),
        ("leave ... We can't", False),
        ("security vacuums", False),
        ("ecurity vacuum", False),
        ("a vacuum of security", False),
        ("We can and won't leave", False),
        ("security Vacuum", False),
    ],
)
def test_a_quotation_stands_letter_for_letter(quoted: str, *, held: bool) -> None:
    (quotation,) = find_quotations(f"He said “{quoted}”")
    assert holds(SOURCE, quotation) is held
