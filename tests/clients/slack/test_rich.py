"""Rich text within Slack's limits."""

from hypothesis import given
from hypothesis import strategies as st

from clients.slack.rich import MAX_LINK_TEXT, Paragraph, Run, bullet, paragraph, quote, rich_text
from clients.slack.splitting import MAX_SECTION, size
from tests.slack.validation import check_blocks, links, words

TEXT = st.text(st.sampled_from("ab 🙂<&"), max_size=200).map(lambda text: text * 20)
PARAGRAPHS = st.lists(st.tuples(st.sampled_from([paragraph, quote, bullet]), TEXT), max_size=4)


@given(PARAGRAPHS)
def test_nothing_is_lost_and_no_block_is_too_long(given_paragraphs: list[tuple[type[Paragraph], str]]) -> None:
    made = [make(text) for make, text in given_paragraphs]  # type: ignore[arg-type, call-arg]
    blocks = rich_text(made)
    shown = [block.to_dict() for block, _ in blocks]
    for block in shown:
        check_blocks([block], 50)
    assert words({"blocks": shown}) == "".join(text for _, text in given_paragraphs)
    assert all(
        weight == size(words({"blocks": [block]})) <= MAX_SECTION
        for block, (_, weight) in zip(shown, blocks, strict=True)
    )


def test_items_that_follow_each_other_are_one_list() -> None:
    ((block, _),) = rich_text([bullet("a"), bullet("b"), paragraph("c"), bullet("d")])
    kinds = [(element["type"], len(element["elements"])) for element in block.to_dict()["elements"]]
    assert kinds == [("rich_text_list", 2), ("rich_text_section", 1), ("rich_text_list", 1)]


def test_a_link_stays_whole_and_what_it_says_is_shortened() -> None:
    blocks = rich_text([paragraph("x" * (MAX_SECTION - 5), Run("word " * 200, url="https://example.org/a"))])
    ((url, label),) = links({"blocks": [block.to_dict() for block, _ in blocks]})
    assert url == "https://example.org/a"
    assert size(label) <= MAX_LINK_TEXT
    assert label.endswith("word…")


def test_runs_have_their_looks() -> None:
    ((block, _),) = rich_text([paragraph(Run("a", bold=True), Run("b", italic=True), "c", Run("", bold=True))])
    parts = block.to_dict()["elements"][0]["elements"]
    assert [part.get("style") for part in parts] == [{"bold": True}, {"italic": True}, None]
