"""What a real small model wrote, held against what people who read it said."""

from qa.language.similarity import Similarity
from qa.verification.fragments import is_fragment
from tests.qa.small_model import judged, written
from vectorstore.embedding import open_embedding


def test_a_few_words_pass_where_they_answer_and_seldom_elsewhere() -> None:
    similarity = Similarity(open_embedding("wordllama", None, None, 0))
    shown = [
        one.label
        for one in written()
        if is_fragment(one.claim.text) and judged(one, similarity).support != "unsupported"
    ]

    assert shown.count("true") >= 18
    assert len(shown) - shown.count("true") <= 18
