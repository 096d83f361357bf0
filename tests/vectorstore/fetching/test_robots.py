import pytest

from vectorstore.fetching.robots import Robots, parsed

SITE = "https://news.example"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: other\nUser-agent: *\nDisallow: /a", "/ab", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: dateline\nDisallow: /b", "/a", True),
        ("User-agent: DATELINE\nDisallow: /b\n\nUser-agent: dateline\nDisallow: /c", "/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*?print=", "/a/b?print=1", False),
        ("User-agent: *\nDisallow: /*?print=", "/a/b?id=1", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /%C3%A4", "/ä", False),
        ("User-agent: *\nDisallow: /ä", "/%c3%a4", False),
        ("Disallow: /\nnonsense\nUser-agent: * # all\nDisallow: /b # no", "/b", False),
    ],
)
def test_what_a_site_asks(text: str, path: str, allowed: bool) -> None:
    assert parsed(text).allows(SITE + path) == allowed


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    assert parsed("User-agent: *\nDisallow: /" + "*a" * 5_000 + "$").allows(f"{SITE}/{'a' * 4_000}b")


def test_pauses_are_bounded() -> None:
    assert parsed("User-agent: *\nCrawl-delay: 2.5").delay_s == 2.5
    assert parsed("User-agent: *\nCrawl-delay: 86400").delay_s == 10
    assert parsed("User-agent: *\nCrawl-delay: soon") == Robots()
