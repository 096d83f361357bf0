from qa.language.nations import is_nation, people_of
from qa.language.terms import key_of


def test_a_nations_key_tells_itself() -> None:
    assert is_nation(key_of("British"))
    assert not is_nation(key_of("Kabul"))


def test_a_nations_people_have_a_word() -> None:
    assert [people_of(key_of(word)) for word in ("France", "Ukraine", "Kabul")] == ["French", "Ukrainian", ""]
