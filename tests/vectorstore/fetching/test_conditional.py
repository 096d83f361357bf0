"""What has not changed is not fetched again."""

from collections.abc import Iterator

import pytest

from tests.vectorstore.fetching.sites import Reply, Site, serving
from vectorstore.errors import FetchFailedError, NotModifiedError
from vectorstore.fetching import Fetcher
from vectorstore.fetching.conditional import ConditionalFetcher, Version
from vectorstore.fetching.fetcher import Validators


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def again(site: Site, path: str, seen: dict[str, Version]) -> ConditionalFetcher:
    fetcher = ConditionalFetcher(Fetcher(allow_private=True), seen)
    fetcher.get(f"{site.url}{path}")
    return fetcher


@pytest.mark.parametrize(
    "headers", [{"ETag": '"1"'}, {"Last-Modified": "Wed, 21 Oct 2015 07:28:00 GMT"}, {"ETag": 'W/"x"', "X": "y"}]
)
def test_a_page_with_validators_is_asked_for_by_them(site: Site, headers: dict[str, str]) -> None:
    site.pages["/a"] = Reply(b"Words.", headers=headers)
    seen = again(site, "/a", {}).found
    with pytest.raises(NotModifiedError):
        again(site, "/a", seen)
    assert site.unchanged == ["/a"]
    site.pages["/a"] = Reply(b"Other words.", headers={"ETag": '"2"'})
    assert again(site, "/a", seen).found[f"{site.url}/a"].validators.etag == '"2"'


def test_a_page_without_validators_is_known_by_its_bytes(site: Site) -> None:
    site.pages["/a"] = Reply(b"Words.")
    seen = again(site, "/a", {}).found
    with pytest.raises(NotModifiedError):
        again(site, "/a", seen)
    assert site.unchanged == []
    site.pages["/a"] = Reply(b"Other words.")
    again(site, "/a", seen)


def test_validators_go_along_redirects(site: Site) -> None:
    site.pages |= {"/old": Reply(status=301, headers={"Location": "/a"}), "/a": Reply(b"W", headers={"ETag": '"1"'})}
    seen = again(site, "/old", {}).found
    with pytest.raises(NotModifiedError):
        again(site, "/old", seen)


def test_a_304_that_was_not_asked_for_is_a_failure(site: Site) -> None:
    site.pages["/a"] = Reply(status=304)
    with pytest.raises(FetchFailedError, match="304"):
        Fetcher(allow_private=True).get(f"{site.url}/a")


def test_a_validator_that_cannot_be_sent_is_left_out() -> None:
    assert Validators('"ä"', "a\r\nb").headers() == {}
    assert Validators('"1"', None).headers() == {"If-None-Match": '"1"'}
