import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.canonical import canonical_text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("One.\r\nTwo.\rThree.\x0bFour.\u2028Five.\u2029Six.\x85", "One.\nTwo.\nThree.\nFour.\nFive.\nSix.\n"),
        ("evac\u00aduated 4,\u200b200 \ufeffresi\u2060dents", "evacuated 4,200 residents"),
        ("left\u202eright\u202c \U000e0068\U000e0069", "leftright "),
        ("The ﬁre brigade’s oﬃcial staﬀ, ﬂoods", "The fire brigade’s official staff, floods"),
        ("Orba\u0301th", "Orbáth"),
        ("donâ€™t â€“ cafÃ©", "don’t – café"),
        ("Troops\u00a0went.\t ", "Troops\u00a0went.\t "),
        ("L’Âge d’or, São Paulo, É.", "L’Âge d’or, São Paulo, É."),
        ("15½ m² at 20℃", "15½ m² at 20℃"),
    ],
)
def test_what_a_person_reads(written: str, kept: str) -> None:
    assert canonical_text(written) == kept


@pytest.mark.parametrize("text", ["نمی\u200cخواهم", "क्\u200dष", "👩\u200d👩\u200d👧", "👩🏽\u200d🚒", "❤️\u200d🔥"])
def test_joiners_stay_where_they_are_seen(text: str) -> None:
    assert canonical_text(text) == text


def test_joiners_go_where_they_are_not() -> None:
    assert canonical_text("evac\u200cuated\u200d resi\u200ddents 4,\u200d200") == "evacuated residents 4,200"


@given(st.text("ab é\u0301ﬁ\r\n\u2028\u00ad\u200b\u200d\ufeff👩م", max_size=30))
def test_twice_is_once(text: str) -> None:
    once = canonical_text(text)
    assert canonical_text(once) == once
