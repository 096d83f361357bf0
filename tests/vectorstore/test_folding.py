import pytest

from vectorstore.folding import folded


@pytest.mark.parametrize("written", ["Orbáth", "ORBATH", "Orba\u0301th", "orbath"])
def test_either_form_of_unicode_is_met(written: str) -> None:
    assert folded(written) == "orbath"


def test_letters_that_are_no_compositions() -> None:
    assert folded("Łódź, Straße, Æsir, smørrebrød, Đặng") == "lodz, strasse, aesir, smorrebrod, dang"


def test_other_scripts_keep_their_letters() -> None:
    assert folded("Москва 東京 हिन्दी, й") == "москва 東京 हिन्दी, й"
    assert folded("и\u0306 \u0301Αθήνα İ") == "й αθηνα i"
