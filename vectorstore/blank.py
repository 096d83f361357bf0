"""Whether a text says anything at all."""

import unicodedata


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen: white space, controls, zero-width characters and marks of direction.

    >>> is_blank("\\u00a0\\u200b\\ufeff\\u202e\\n"), is_blank(" \\u200b.")
    (True, False)
    """
    return all(character.isspace() or unicodedata.category(character) in {"Cc", "Cf"} for character in text)
