"""Answers and articles as a person reads them, line by line. Pure: records in, rich text out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from rich.style import Style
from rich.text import Text

from api.schemas import ArticleOut
from clients.cli.outcomes import Outcomes
from clients.visible import clean, line
from clients.wording import counted, dates_told, figure_words, figures_title, joined
from qa.conversations.records import Turn
from qa.reading.searching import Found, FoundPassage
from qa.reasons import REASONS, STANDING
from qa.records import Answer, Citation, Erased, Excerpt, Figure
from vectorstore.records import ArticleSummary, IngestResult, Span

FAILURES_SHOWN = 20
REASONS_SHOWN = 5
REMAINS_SHOWN = 3
EMPTY_LIBRARY = "The library is empty: `qa ingest PATH...` takes articles in."

_MARKER = r"\[\d+\]"


def answer_lines(answer: Answer) -> Iterator[Text]:
    """An answer with its sources; where the sources differ, every figure; or why there is no answer."""
    yield from _limit_lines(*answer.limits_told)
    if answer.status == "no_answer":
        yield from _refusal_lines(answer)
        yield from _dropped_lines(answer)
        return
    if answer.short_answer:
        yield Text(line(answer.short_answer), style="bold")
    yield _answer_text(answer)
    if answer.degraded:
        yield Text("(The model failed; these are the articles' own words.)", style="yellow")
    if answer.light:
        yield Text("(Chosen by words alone: QA_READER is off.)", style="dim")
    if title := figures_title(answer):
        yield Text()
        yield Text(title)
        yield from (_figure(figure) for figure in answer.figures)
    for citation in answer.citations:
        yield Text()
        yield from _citation_lines(citation)
    if answer.agreement == "agree":
        yield Text()
        yield Text(f"{answer.independent_sources} independent sources agree.", style="dim")
    yield from _dropped_lines(answer)


def _limit_lines(*told: str) -> Iterator[Text]:
    """What limited the search, by the filters or the question's own words: never silently."""
    yield from (Text(line(limits), style="yellow") for limits in told)


def _dropped_lines(answer: Answer) -> Iterator[Text]:
    if answer.dropped:
        yield Text()
        yield Text("Not shown of what the model wrote:")
        for one in answer.dropped:
            yield Text(f"  {line(one.text)} ({line('; '.join(one.problems))})", style="dim")


def turn_lines(turn: Turn) -> Iterator[Text]:
    """A turn of a conversation, as it was given."""
    yield Text()
    yield Text(f"> {line(turn.question)}", style="bold")
    yield from answer_lines(turn.answer)


def provisional(text: str, sources: int) -> Text:
    """What a model has written so far: not checked, and shown as such."""
    return Text.assemble(
        (f"Written from {counted(sources, 'source')}, not yet checked:\n", "dim italic"), (clean(text), "dim")
    )


def article_lines(article: ArticleOut, at: Span | None, *, marks: bool) -> Iterator[Text]:
    """An article with its text. at: a span to highlight; marks: by >>> and <<<, where there are no styles."""
    yield Text(line(article.title or "(no title)"), style="bold")
    yield Text(joined(article.source, article.published_at, article.url), style="dim")
    deleted = "" if article.current else ", not the current one"
    yield Text(f"{clean(article.id)}, revision {article.revision}{deleted}", style="dim")
    yield Text()
    if at is None:
        yield Text(clean(article.text))
        return
    before, span, after = article.text[: at.start], article.text[at.start : at.end], article.text[at.end :]
    opening, closing = (">>>", "<<<") if marks else ("", "")
    yield Text.assemble(clean(before), (f"{opening}{clean(span)}{closing}", "reverse"), clean(after))


def listing_lines(items: Iterable[ArticleSummary]) -> Iterator[Text]:
    """A line for each article: its id, its date, its title, its source."""
    for item in items:
        about = joined(item.published_at or "undated", item.title or "(no title)", item.source)
        yield Text.assemble((clean(item.id), "cyan"), f"  {about}")


def erased_lines(erased: Erased) -> Iterator[Text]:
    """What a search of the data folder found of a deleted article."""
    sought = f"{counted(erased.words, 'run')} of its words and {counted(erased.vectors, 'vector')}"
    sought += f", and the index of words for {counted(erased.stems, 'stem')}"
    searched = f"Searched {counted(erased.files, 'file')} ({erased.bytes / 1e6:.1f} MB) for {sought}"
    if not erased.left:
        yield Text(f"{searched}: nothing is left.")
        return
    yield Text(f"{searched}. Left of it:", style="yellow")
    for one in erased.left:
        found = [f"{counted(len(one.words), 'run')} of words", counted(one.vectors, "vector")]
        found += [counted(len(one.stems), "stem")] if one.stems else []
        yield Text(f"  {line(one.file)}: {', '.join(found)}")
        yield from (Text(f'    "{line(run)}"', style="dim") for run in one.words[:REMAINS_SHOWN])
    if erased.conversations:
        told = ", ".join(map(line, erased.conversations))
        yield Text(f"Conversations keep what was asked in them. These have such words: {told}.")


def summary_lines(outcomes: Outcomes, others: int = 0) -> Iterator[Text]:
    """How many articles became what, and those that failed with their reasons: the first few each, the rest summed up.

    others: how many files of other kinds were passed over.
    """
    counts, failures = outcomes.counts, outcomes.failures
    yield Text(", ".join(f"{counts[outcome]} {outcome}" for outcome in ("added", "updated", "unchanged", "failed")))
    if others:
        yield Text(f"{counted(others, 'file')} of other kinds passed over")
    for failure in failures[:FAILURES_SHOWN]:
        yield Text.assemble(("failed: ", "red"), f"{line(failure.name)}: {_why(failure)}")
    rest = Counter(map(_why, failures[FAILURES_SHOWN:]))
    if rest:
        yield Text.assemble(("failed: ", "red"), f"and {rest.total():,} more, of which")
        shown = rest.most_common(REASONS_SHOWN)
        yield from (Text(f"  {count:,}: {why}") for why, count in shown)
        if left := rest.total() - sum(count for _, count in shown):
            yield Text(f"  {left:,}: for other reasons")


def _why(failure: IngestResult) -> str:
    return line(failure.reason or "no reason given")


def _answer_text(answer: Answer) -> Text:
    text = Text(clean(answer.text))
    if answer.short_answer:
        asked = re.search(rf"(?<!\w){re.escape(clean(answer.short_answer))}(?!\w)", text.plain)
        if asked:
            text.stylize("bold green", *asked.span())
    text.highlight_regex(_MARKER, style="cyan")
    return text


def _citation_lines(citation: Citation) -> Iterator[Text]:
    title = line(citation.title or citation.article_id)
    about = joined(citation.source, citation.published_at or "undated")
    if citation.gone:
        yield Text.assemble((f"[{citation.marker}] ", "cyan"), ("The article was deleted.", "yellow"))
        return
    yield Text.assemble((f"[{citation.marker}] ", "cyan"), (title, "bold"), f" ({about})")
    yield from _url_lines(citation.url)
    partly = "  (supports this in part)" if citation.support == "partial" else ""
    stands = _stands(citation)
    yield Text.assemble(f'    "{line(citation.quote)}"', (partly, "yellow"), (stands, "yellow"))
    if citation.dates:
        yield Text(f"    ({dates_told(citation.dates)})", style="italic")
    yield Text(f"    qa show {_where(citation, current=citation.standing == 'intact')}", style="dim")
    for other in citation.also_in:
        yield from _excerpt_lines("Also in", other)


def _excerpt_lines(label: str, excerpt: Excerpt) -> Iterator[Text]:
    about = joined(excerpt.source, excerpt.published_at or "undated")
    yield Text(f"    {label} {line(excerpt.title or excerpt.article_id)} ({about}):")
    yield Text.assemble(f'      "{line(excerpt.quote)}"', (_stands(excerpt), "yellow"))
    yield Text(f"      qa show {_where(excerpt, current=excerpt.standing == 'intact')}", style="dim")


def _stands(quoting: Citation | Excerpt) -> str:
    """What became of a quote since, as it is put after it; nothing where its words are intact."""
    return f"  ({STANDING[quoting.standing]})" if quoting.standing in STANDING else ""


def _figure(figure: Figure) -> Text:
    markers = "".join(f"[{marker}]" for marker in figure.markers)
    about = joined(figure.source, figure.as_of or "undated")
    return Text.assemble(f"  {figure_words(figure)} ({about}) ", (markers, "cyan"))


def _unclear_lines(answer: Answer) -> Iterator[Text]:
    yield Text(clean(answer.text), style="bold yellow")
    for number, suggestion in enumerate(answer.suggestions, start=1):
        yield Text.assemble((f"  {number}. ", "cyan"), line(suggestion))


def found_lines(found: Found) -> Iterator[Text]:
    """The passages of a search, each with where it stands."""
    if found.understood_filters:
        yield from _limit_lines(found.understood_filters.told)
    if not found.passages:
        yield Text("No passage bears on that.", style="bold yellow")
    for number, passage in enumerate(found.passages, start=1):
        if number > 1:
            yield Text()
        title = line(passage.title or passage.article_id)
        about = joined(passage.source, passage.published_at or "undated")
        yield Text.assemble((f"{number}. ", "cyan"), (title, "bold"), f" ({about})")
        yield from _url_lines(passage.url)
        yield Text(clean(passage.text))
        yield Text(f"    qa show {_where(passage, current=passage.current)}", style="dim")


def _url_lines(url: str | None) -> Iterator[Text]:
    """An address as a link, where the terminal shows those; only one that a browser opens as a page."""
    if url:
        shown = line(url)
        web = url.startswith(("http://", "https://")) and url.isascii() and url.isprintable() and " " not in url
        yield Text(f"    {shown}", style=Style(dim=True, link=url if web else None))


def _refusal_lines(answer: Answer) -> Iterator[Text]:
    if answer.reason == "unclear":
        yield from _unclear_lines(answer)
        return
    yield Text(clean(answer.text) or "The articles don't say.", style="bold yellow")
    searched = answer.searched
    if searched.articles == 0:
        yield Text("No article passes the filters.")
        return
    if not answer.other_languages:
        yield Text(REASONS.get(answer.reason or "", "No reason was given."))
    yield Text(f"Searched: {counted(searched.passages, 'passage')} of {counted(searched.articles, 'article')}.")
    if answer.nearest:
        yield Text()
        yield Text("The nearest passages:")
    for excerpt in answer.nearest:
        yield from _excerpt_lines("In", excerpt)


def _where(words: Citation | Excerpt | FoundPassage, *, current: bool = True) -> str:
    """What to give to `qa show` to see the words in their place. current: whether they are of the newest revision."""
    revision = "" if current and words.revision == 1 else f" --revision {words.revision}"
    return f"{clean(words.article_id)}{revision} --at {words.start}:{words.end}"
