import pytest

from qa.verification.fragments import as_told, is_fragment


@pytest.mark.parametrize(
    "text", ["800 to 1,100.", "The French.", "About 600 troops", "Ben Wallace", "In Kabul, on Sunday."]
)
def test_words_without_a_verb(text: str) -> None:
    assert is_fragment(text)
    assert as_told(text, "Who?") == f"Who? {text}"
    assert as_told(text, None) == text


@pytest.mark.parametrize(
    "text",
    [
        "Ben Wallace resigned.",
        "Kabul fell.",
        "He isn't there.",
        "Simon Gass leads the talks.",
        "They’ll go.",
        "There was a fire in the engine room of the old ferry",
    ],
)
def test_sentences(text: str) -> None:
    assert not is_fragment(text)
    assert as_told(text, "Who?") == text
