"""The page and the rules that it is served with; what it does is tried in a browser, in tests/api/web."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import page
from api.page import WEB, digest

ASSETS = f"/web/{digest()}"
FILES = sorted(str(path.relative_to(WEB)) for path in WEB.rglob("*") if path.is_file())
ADDRESS = re.compile(r"""(?:src|href)="([^"#]+)"|from "\./([^"]+)\"""")


@pytest.mark.parametrize("path", ["/", f"{ASSETS}/scripts/app.js", f"{ASSETS}/styles/base.css", f"{ASSETS}/icon.svg"])
def test_each_file_has_its_rules(http: TestClient, path: str) -> None:
    response = http.get(path)
    assert response.status_code == 200
    policy = dict(part.split(" ", 1) for part in response.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["form-action"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert {policy[f"{kind}-src"] for kind in ("script", "style", "connect", "img")} == {"'self'"}
    assert "unsafe" not in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", f"{ASSETS}/scripts/app.js"])
def test_what_the_browser_has_is_not_sent_again(http: TestClient, path: str) -> None:
    first = http.get(path)
    again = http.get(path, headers={"If-None-Match": f"W/{first.headers['etag']}"})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    assert http.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_page_is_asked_for_each_time_and_its_files_only_once(http: TestClient) -> None:
    given = http.get("/")
    assert given.headers["cache-control"] == "no-cache"
    assets = [found for found in re.findall(r'(?:src|href)="([^"#]+)"', given.text) if found != "docs"]
    assert len(assets) >= 6
    assert all(found.startswith(f"{ASSETS[1:]}/") for found in assets)
    for found in assets:
        assert http.get(f"/{found}").headers["cache-control"] == "public, max-age=31536000, immutable"


def test_what_is_changed_has_another_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "WEB", tmp_path)
    names = set()
    for name, text in [("a.js", "1"), ("a.js", "2"), ("b.js", "2")]:
        (tmp_path / name).write_text(text)
        digest.cache_clear()
        names.add(digest())
    digest.cache_clear()
    assert len(names) == 3


def test_head(http: TestClient) -> None:
    assert http.head("/").headers["etag"] == http.get("/").headers["etag"]
    assert http.head(f"{ASSETS}/scripts/app.js").status_code == 200


def test_scripts_are_scripts_and_styles_are_styles(http: TestClient) -> None:
    types = {http.get(f"{ASSETS}/{name}").headers["content-type"] for name in FILES if name.endswith(".js")}
    assert types == {"text/javascript; charset=utf-8"}
    assert http.get(f"{ASSETS}/styles/base.css").headers["content-type"].startswith("text/css")


@pytest.mark.parametrize(
    "path",
    [f"{ASSETS}/", f"{ASSETS}/nope.js", f"{ASSETS}/..%2fpage.py", f"{ASSETS}/%2e%2e/app.py", "/web/scripts/app.js"],
)
def test_there_is_nothing_else(http: TestClient, path: str) -> None:
    assert http.get(path).status_code == 404


def test_no_address_leads_elsewhere_or_nowhere() -> None:
    for name in FILES:
        for match in ADDRESS.finditer((WEB / name).read_text("utf-8")):
            address = match[1] or f"web/scripts/{match[2]}"
            assert address == "docs" or (WEB.parent / address).is_file(), f"{name}: {address}"


def test_no_script_makes_markup_of_a_string() -> None:
    for path in WEB.rglob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|setHTML", path.read_text("utf-8")
        )
