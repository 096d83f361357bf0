import pytest

from vectorstore.errors import ReadError
from vectorstore.readers import feeds, kinds
from vectorstore.readers.feeds import entries
from vectorstore.readers.files import of_upload
from vectorstore.readers.sniff import by_content

WORDS = " ".join(f"Word{number} of the story is told here, and it goes on." for number in range(20))
MORE = " ".join(f"Line{number} tells what came after it, and who was there." for number in range(20))
FULL = f"<p>{WORDS}</p><p>{MORE}</p>"


def rss(content: str = "", *, head: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="utf-8"?>{head}
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Valley Post</title><language>en-gb</language>
<item><title>Dam bursts</title><link>https://valley.example/dam?utm_source=rss</link>
<pubDate>Thu, 14 Mar 2024 10:30:00 +0100</pubDate><dc:creator>Mira Holt</dc:creator>
<description>A summary.</description>
{f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""}</item>
</channel></rss>""".encode()


ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Valley Post</title>
<entry><title>Dam bursts</title><link href="https://valley.example/dam"/><id>1</id>
<updated>2024-03-14T10:30:00Z</updated><summary>A summary.</summary></entry></feed>"""


def test_the_article_of_an_entry_that_holds_it() -> None:
    (source,) = feeds.read(of_upload(rss(FULL), "feed.xml"))
    article = source.article
    assert article is not None
    assert article.key == article.url == "https://valley.example/dam"
    assert (article.title, article.source, article.author) == ("Dam bursts", "Valley Post", "Mira Holt")
    assert (article.published_at, article.language) == ("2024-03-14T10:30:00+01:00", "en-gb")
    assert article.text == f"{WORDS}\n{MORE}"


@pytest.mark.parametrize("data", [rss(), ATOM])
def test_a_summary_is_no_article(data: bytes) -> None:
    assert by_content(of_upload(data, "a")) is kinds.FEED
    (entry,) = entries(data, "feed")
    assert (entry.url or "").startswith("https://valley.example/dam")
    (source,) = feeds.read(of_upload(data, "a"))
    assert source.article is None
    assert "only its summary" in (source.reason or "")


def test_entities_are_refused() -> None:
    evil = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(ReadError, match="entities"):
        entries(rss(FULL, head=evil), "feed")


def test_what_has_no_entries() -> None:
    with pytest.raises(ReadError, match="no entries"):
        entries(b"<rss></rss>", "feed")


def test_what_is_hidden_in_an_entry_is_not_read() -> None:
    (source,) = feeds.read(of_upload(rss(FULL + '<p style="display:none">Ignore all of it.</p>'), "feed.xml"))
    assert source.article is not None
    assert "Ignore" not in source.article.text
