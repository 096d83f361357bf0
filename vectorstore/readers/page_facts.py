"""What a web page says of its article besides the text: title, date, author, site, address, language.

What is said for machines comes first: JSON-LD of an article, then OpenGraph and other <meta>, then what is marked in
the page itself, and trafilatura's reading of the rest last. A date that only a script holds counts as none.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

from lxml.html import HtmlElement

from vectorstore.dates import iso_date, labelled_date

Facts = dict[str, str]

_ARTICLE = re.compile(r"(?:\w*NewsArticle|Article|BlogPosting|LiveBlogPosting|Report|AdvertiserContentArticle)")
_LONGEST_JSON = 2_000_000  # characters of a script
_MOST_NODES = 2_000
_SLACK = timedelta(days=1)  # it is tomorrow somewhere
_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "publishdate", "publish-date"),
    *("publication_date", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "pubdate", "date"),
)
_SITES = ("og:site_name", "application-name", "dc.publisher", "publisher")
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "byl")
_SPACES = re.compile(r"\s+")
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", " · ")


def stated_facts(page: HtmlElement) -> Facts:
    """What the page's head and JSON-LD say: of title, published, author, source, url, language those that they do.

    It is to be read before `drop_hidden`, which takes them out.
    """
    facts: Facts = {}
    for found in (_of_json_ld(page), _of_meta(page)):
        facts = found | facts  # what came first stands
    if language := page.get("lang"):
        facts.setdefault("language", language.strip())
    if "title" in facts and "source" in facts:
        facts["title"] = _without_site(facts["title"], facts["source"])
    return facts


def shown_facts(page: HtmlElement, latest: datetime) -> Facts:
    """What a page without scripts and hidden parts shows of title, published and author. latest: see `not_later`."""
    facts: Facts = {}
    if (heading := _only_heading(page)) is not None:
        facts["title"] = heading
    for element in page.iterfind(".//*[@itemprop='datePublished']"):
        _put(facts, "published", _day(element.get("content") or element.get("datetime") or _text(element), latest))
    _put(facts, "published", _date_shown(page, latest))
    for element in page.xpath("//*[@itemprop='author' or @rel='author']"):
        _put(facts, "author", _BY.sub("", element.get("content") or _text(element)))
    return facts


def guessed_facts(page: HtmlElement, url: str | None, latest: datetime) -> Facts:
    """What trafilatura finds of title, date, author and site; its dates are days. latest: see `not_later`."""
    from trafilatura.metadata import extract_metadata  # 0.1 s

    days = {"original_date": True, "extensive_search": False, "max_date": (latest + _SLACK).strftime("%Y-%m-%d")}
    found = extract_metadata(page, url, date_config=days, extensive=False)
    facts: Facts = {}
    _put(facts, "title", found.title)
    _put(facts, "published", _day(found.date or "", latest))
    _put(facts, "author", found.author)
    _put(facts, "source", found.sitename)
    return facts


def not_later(published: str | None, latest: datetime) -> str | None:
    """A date of publication, none where it is later than `latest` (with a zone) allows: a page from the future errs."""
    if not published:
        return None
    with suppress(ValueError):
        if date.fromisoformat(published) > (latest + _SLACK).date():
            return None
        return published
    moment = datetime.fromisoformat(published)
    return published if moment.replace(tzinfo=moment.tzinfo or UTC) <= latest + _SLACK else None


def _day(written: str, latest: datetime) -> str | None:
    return not_later(iso_date(written), latest)


def _of_json_ld(page: HtmlElement) -> Facts:
    facts: Facts = {}
    for node in _nodes(page):
        kinds = node.get("@type")
        if not any(_ARTICLE.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
            continue
        _put(facts, "title", node.get("headline") or node.get("name"))
        _put(facts, "published", iso_date(node.get("datePublished")) or iso_date(node.get("dateCreated")))
        _put(facts, "author", _names(node.get("author")))
        _put(facts, "source", _names(node.get("publisher")))
        _put(facts, "language", node.get("inLanguage"))
        main = node.get("mainEntityOfPage")
        _put(facts, "url", node.get("url") or (main.get("@id") if isinstance(main, dict) else main))
    return facts


def _nodes(page: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Every object of the page's JSON-LD, those in lists and graphs too."""
    for script in page.iterfind(".//script"):
        text = (script.text or "").strip().removeprefix("<![CDATA[").removesuffix("]]>")
        if "ld+json" not in (script.get("type") or "").lower() or len(text) > _LONGEST_JSON:
            continue
        try:
            waiting: list[Any] = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                yield node
                waiting.append(node.get("@graph", []))


def _of_meta(page: HtmlElement) -> Facts:
    said: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        said.setdefault(name, meta.get("content") or "")
    facts: Facts = {}
    for field, names in (("title", _TITLES), ("source", _SITES), ("author", _AUTHORS)):
        for name in names:
            if not said.get(name, "").startswith("http"):  # an author's page is no name
                _put(facts, field, said.get(name))
    for name in _DATES:
        _put(facts, "published", iso_date(said.get(name)))
    links = (link.get("href") for link in page.iter("link") if (link.get("rel") or "").lower() == "canonical")
    _put(facts, "url", next(links, None) or said.get("og:url"))
    _put(facts, "language", said.get("og:locale", "").replace("_", "-"))
    return facts


def _put(facts: Facts, field: str, value: object) -> None:
    """Set a fact that isn't known yet, on one line."""
    if field not in facts and isinstance(value, str) and (words := _SPACES.sub(" ", html.unescape(value)).strip()):
        facts[field] = words


def _names(value: object) -> str | None:
    """The name of a person or organisation, or several of them."""
    several = value if isinstance(value, list) else [value]
    found = [each.get("name") if isinstance(each, dict) else each for each in several]
    names = [name.strip() for name in found if isinstance(name, str) and name.strip() and "://" not in name]
    return ", ".join(dict.fromkeys(names)) or None


def _only_heading(page: HtmlElement) -> str | None:
    """The page's <h1>, where there is one alone: several are as often the site's name as the article's title."""
    inside = page.xpath("//article//h1 | //main//h1") or page.xpath("//h1")
    texts = [text for text in dict.fromkeys(map(_text, inside)) if text]
    return texts[0] if len(texts) == 1 else None


def _date_shown(page: HtmlElement, latest: datetime) -> str | None:
    """The first <time> around the heading; else any <time> or "Published: ...", where all are of one day: others may be
    of teasers."""
    beside = page.xpath("//h1/ancestor::*[self::article or self::main][1]//time[@datetime]")
    for element in beside:
        if found := _day(element.get("datetime"), latest):
            return found
    every = [_day(element.get("datetime"), latest) for element in page.xpath("//time[@datetime]")]
    every += [not_later(labelled_date(words), latest) for words in page.itertext()]
    found_ones = [found for found in every if found]
    return found_ones[0] if len({found[:10] for found in found_ones}) == 1 else None


def _text(element: HtmlElement) -> str:
    return _SPACES.sub(" ", str(element.text_content())).strip()


def _without_site(title: str, site: str) -> str:
    """ "Dam bursts | Valley Post" of the Valley Post is "Dam bursts"."""
    for separator in _SEPARATORS:
        words, found, last = title.rpartition(separator)
        if found and words.strip() and last.strip().casefold() == site.casefold():
            return words.strip()
    return title
