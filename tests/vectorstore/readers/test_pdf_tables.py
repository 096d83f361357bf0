from vectorstore.readers.pdf_tables import with_tables

LAYOUT = "The council met.\n\nDistrict   Seats   Turnout\nNorth Bay     14      61%\nEast          11      66%\n"
ROWS = "| District | Seats | Turnout |\n| North Bay | 14 | 61% |\n| East | 11 | 66% |"


def test_cells_on_one_line_or_each_on_its_own() -> None:
    one = "The council met.\nDistrict Seats Turnout\nNorth Bay 14 61%\nEast 11 66%\nMore."
    each = "The council met.\nDistrict\nSeats\nTurnout\nNorth Bay\n14\n61%\nEast\n11\n66%\nMore."
    assert with_tables(one, LAYOUT) == with_tables(each, LAYOUT) == f"The council met.\n{ROWS}\nMore."


def test_what_is_not_found_stays_as_it_is() -> None:
    plain = "The council met.\nNorth Bay 14 62%"
    assert with_tables(plain, LAYOUT) == with_tables(plain, "") == plain
