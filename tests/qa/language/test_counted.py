import pytest

from qa.language.figures import find_quantities


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("District: East; Seats: 11; Turnout: 66%", ["seats", None]),
        ("Country: Norway; Gold: about 12; GDP: 8", ["gold", "GDP"]),
        ("The toll: 11", [None]),
        ("He said: 11; she said nothing.", [None]),
        ("Town: Calder; Wind: 40 km", ["km"]),
    ],
)
def test_a_figure_of_a_record_counts_what_its_field_is_called(text: str, counted: list[str | None]) -> None:
    assert [quantity.counted for quantity in find_quantities(text)] == counted
