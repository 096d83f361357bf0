"""Whether a text can be asked as a question."""

from qa.errors import BadQuestionError
from vectorstore.blank import is_blank
from vectorstore.canonical import canonical_text

MAX_CHARACTERS = 2_000


def read_question(text: str) -> str:
    """Return the question as a canonical text, like the articles', with the white space around it taken off.

    Raises BadQuestionError where it is blank, over 2,000 characters, or holds what is not text (NUL, lone surrogates).
    """
    stripped = text.strip()
    if is_blank(stripped):
        raise BadQuestionError("The question is empty: ask something, for example: how many were evacuated?")
    if len(stripped) > MAX_CHARACTERS:
        raise BadQuestionError(
            f"The question has {len(stripped):,} characters; at most {MAX_CHARACTERS:,} are read. Ask it shorter."
        )
    if "\0" in stripped:
        raise BadQuestionError("The question holds a NUL character, which is not text: leave it out.")
    if any("\ud800" <= character <= "\udfff" for character in stripped):
        raise BadQuestionError(
            "The question holds half of a surrogate pair, which is not text: send it as valid UTF-8."
        )
    return canonical_text(stripped)
