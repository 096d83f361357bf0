"""Whether two articles report the same event, by how near their beginnings are in meaning."""

from collections.abc import Callable

from qa.language.similarity import Similarity
from vectorstore.records import StoredArticle

SameEvent = Callable[[StoredArticle, StoredArticle], bool]

_BEGINNING = 300  # characters of an article that are compared, beside its title
_NEAR = 0.4  # the cosine from which on two articles are of one event; see docs/decisions.md


def same_event_by(similarity: Similarity) -> SameEvent:
    """What tells two articles of one event by a local embedding; those of whose words nothing is known are of one.

    For one question: it keeps what it told of each two.
    """
    told: dict[frozenset[str], bool] = {}

    def same(one: StoredArticle, other: StoredArticle) -> bool:
        if one.id == other.id or (one.cluster is not None and one.cluster == other.cluster):
            return True
        both = frozenset((one.id, other.id))
        if both not in told:
            near = similarity.of_texts(_beginning(one), _beginning(other))
            told[both] = near is None or near >= _NEAR
        return told[both]

    return same


def always_one(_one: StoredArticle, _other: StoredArticle) -> bool:
    """Of one event, whatever they report: where nothing tells."""
    return True


def _beginning(article: StoredArticle) -> str:
    return f"{article.title or ''} {article.text[:_BEGINNING]}".strip()
