from qa.language.nations import is_nation
from qa.language.terms import key_of


def test_a_nations_key_tells_itself() -> None:
    assert is_nation(key_of("British"))
    assert not is_nation(key_of("Kabul"))
