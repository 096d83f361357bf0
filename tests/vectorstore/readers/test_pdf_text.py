from vectorstore.readers.pdf_text import joined

FULL = "This is a line of words that is as long as the lines of this page are here"


def test_lines_of_a_paragraph_are_joined_across_pages() -> None:
    pages = [f"A heading\n\n{FULL}\n{FULL}\nand its end.\n{FULL}", "goes on here.\nA short line.\n"]
    assert joined(pages) == (f"A heading\n\n{FULL} {FULL} and its end.\n\n{FULL} goes on here.\n\nA short line.")


def test_words_that_a_line_broke_are_whole() -> None:
    assert joined([f"{FULL} evac-\nuated. {FULL} resi\u00ad\ndents"]).count("evacuated") == 1
    assert "residents" in joined([f"{FULL} resi\u00ad\ndents went."])


def test_hyphens_that_belong_there_stay() -> None:
    text = joined([f"{FULL} a well-\nknown man. He was well-known, and of the Anglo-\nSaxon kind, 15-\n20 of them."])
    assert "a well-known man" in text
    assert "Anglo-Saxon" in text
    assert "15-20" in text


def test_what_stands_on_every_page_goes() -> None:
    pages = [
        f"Valley Post, 14 March\n{FULL}, said the {word}\nof it.\nOne more {word}.\nPage {number} of 4"
        for number, word in enumerate(("mayor", "baker", "farmer", "diver"), start=1)
    ]
    assert "Valley Post" not in joined(pages)
    assert "Page" not in joined(pages)
    assert joined(pages).count(FULL) == 4


def test_what_two_pages_share_stays() -> None:
    assert joined([f"{FULL}.\nThe dam.\n1", "The dam.\n2"]).count("The dam.") == 2
    assert joined([]) == ""
