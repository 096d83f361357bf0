"""Whether the words that an answer cited still stand in the articles as they are now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, and_, select

from qa.records import Answer, Citation, Excerpt, Standing
from vectorstore.tables import articles, revisions


@dataclass(frozen=True, slots=True)
class Newest:
    """The current revision of an article. text: empty where nothing cites an older one."""

    revision: int
    text: str = ""


def newest_of(connection: Connection, answers: Sequence[Answer]) -> dict[str, Newest]:
    """The current revisions of the articles that answers cite, by id; with their texts where others are cited."""
    cited = {(one.article_id, one.revision) for answer in answers for one in _quoting(answer)}
    if not cited:
        return {}
    among = select(articles.c.id, articles.c.revision).where(~articles.c.deleted)
    rows = connection.execute(among.where(articles.c.id.in_(sorted({article for article, _ in cited})))).all()
    found = {row.id: Newest(row.revision) for row in rows}
    older = {article for article, revision in cited if article in found and found[article].revision != revision}
    if older:
        current = and_(revisions.c.article == articles.c.pk, revisions.c.revision == articles.c.revision)
        query = select(articles.c.id, revisions.c.revision, revisions.c.text).join(revisions, current)
        read = connection.execute(query.where(articles.c.id.in_(sorted(older))))
        found.update({row.id: Newest(row.revision, row.text) for row in read})
    return found


def _quoting(answer: Answer) -> Iterator[Citation | Excerpt]:
    """All of an answer that has words of an article which was not deleted when it was kept."""
    yield from (one for one in answer.citations if not one.gone)
    for one in answer.citations:
        yield from one.also_in
    yield from answer.nearest


def with_standing(answer: Answer, newest: Mapping[str, Newest]) -> Answer:
    """The answer, each of whose citations and excerpts says what became of its words; newest: of what it cites."""

    def told(excerpts: tuple[Excerpt, ...]) -> tuple[Excerpt, ...]:
        return tuple(replace(one, standing=standing(one, newest.get(one.article_id))) for one in excerpts)

    citations = tuple(
        replace(one, standing=standing(one, newest.get(one.article_id)), also_in=told(one.also_in))
        for one in answer.citations
    )
    return replace(answer, citations=citations, nearest=told(answer.nearest))


def standing(citation: Citation | Excerpt, newest: Newest | None) -> Standing:
    """What became of the words of a citation. newest: None where the article is deleted."""
    if newest is None or (isinstance(citation, Citation) and citation.gone):
        return "deleted"
    if newest.revision == citation.revision or newest.text[citation.start : citation.end] == citation.quote:
        return "intact"
    return "moved" if citation.quote in newest.text else "changed"
