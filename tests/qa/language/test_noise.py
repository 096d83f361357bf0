import time

import pytest

from qa.language.noise import end_of_dateline, is_heading, is_noise


@pytest.mark.parametrize(
    "line",
    [
        "READ MORE: David Pratt: What was the point of all that suffering in Afghanistan?",
        "Watch: How are the military and veterans helping Afghan refugees in the UK?",
        "The National:",
        "Cover image: Fifteen thousand people were evacuated by UK troops (Picture: MOD).",
        "Related articles",
        "Sign up for our morning briefing",
        "Advertisement",
        "Photo: Reuters",
        "• – © The National",
        "Further details about support available can be found on our website.",
        "If you or someone you know needs support, you can find more information by visiting the British Army website.",
    ],
)
def test_promotions_and_captions_are_noise(line: str) -> None:
    assert is_noise(line, line, "")


@pytest.mark.parametrize(
    "line",
    [
        "The Pentagon announced that 3,000 US troops will be deployed to Kabul.",
        "“This isn’t a case of abandonment. This isn’t a mandatory evacuation.",
        "Officials watch the border closely.",
        "More than 90 other countries signed the joint statement.",
        'The joint statement said: "We have received assurances from the Taliban."',
        "The company's website was attacked on Friday, the ministry said.",
    ],
)
def test_reports_are_not_noise(line: str) -> None:
    assert not is_noise(line, line, "")


def test_a_line_of_marks_costs_little() -> None:
    line = ".?!…”’)]}—•*" * 300
    began = time.process_time()
    assert not any(is_noise("…", line, "") for _ in range(500))
    assert time.process_time() - began < 0.4  # some 0.06 s; 1 s where marks are gone back over


def test_a_line_without_an_end_below_a_bare_label_is_its_caption() -> None:
    caption = "Around 600 British troops are being sent to Afghanistan to assist in evacuating British Nationals"
    assert is_noise(caption, caption, "The National:")
    assert not is_noise(caption, caption, "It comes as the head of the armed forces warned of a vacuum.")
    assert not is_noise(caption + ".", caption + ".", "The National:")


def test_a_list_below_what_introduces_it_is_no_caption() -> None:
    assert not is_noise("Brazil 4, Serbia 1", "Brazil 4, Serbia 1", "The standings after Tuesday's games:")


def test_long_captions_are_noise() -> None:
    caption = (
        "Cover image: Fifteen thousand people were evacuated from Kabul in the course of two weeks (Picture: MOD)."
    )
    assert is_noise(caption, caption, "")


def test_a_headline_does_not_end_as_a_sentence_does() -> None:
    assert is_heading("'Dunkirk By WhatsApp': UK Efforts Continue To Rescue Stranded Afghan Allies")
    assert not is_heading("He said: “They must leave.”")


@pytest.mark.parametrize(
    ("sentence", "reported"),
    [
        ("Paris (CNN) The ferry burned.", "The ferry burned."),
        ("New York CNN Business — The ferry burned.", "The ferry burned."),
        ("KANSAS CITY, Mo. (AP) — The ferry burned.", "The ferry burned."),
        ("ST. LOUIS, Mo. — The ferry burned.", "The ferry burned."),
        ("WASHINGTON – “They burned it,” he said.", "They burned it,” he said."),
        ("NATO — which met in Paris — says so.", "NATO — which met in Paris — says so."),
        ("The ferry (AP photo) burned.", "The ferry (AP photo) burned."),
    ],
)
def test_a_sentence_reports_after_its_dateline(sentence: str, reported: str) -> None:
    assert sentence[end_of_dateline(sentence) :] == reported
