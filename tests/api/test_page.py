"""The page and the rules that it is served with; what it does is tried in a browser, in tests/api/web."""

import re

import pytest
from fastapi.testclient import TestClient

from api.page import WEB

FILES = sorted(str(path.relative_to(WEB)) for path in WEB.rglob("*") if path.is_file())
ADDRESS = re.compile(r"""(?:src|href)="([^"#]+)"|from "\./([^"]+)\"""")


@pytest.mark.parametrize("path", ["/", "/web/scripts/app.js", "/web/styles/base.css", "/web/icon.svg"])
def test_each_file_has_its_rules(http: TestClient, path: str) -> None:
    response = http.get(path)
    assert response.status_code == 200
    policy = dict(part.split(" ", 1) for part in response.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["form-action"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert {policy[f"{kind}-src"] for kind in ("script", "style", "connect", "img")} == {"'self'"}
    assert "unsafe" not in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["cache-control"] == "no-cache"


def test_a_file_that_the_browser_has_is_not_sent_again(http: TestClient) -> None:
    first = http.get("/")
    again = http.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


def test_head(http: TestClient) -> None:
    assert http.head("/").headers["etag"] == http.get("/").headers["etag"]
    assert http.head("/web/scripts/app.js").status_code == 200


def test_scripts_are_scripts_and_styles_are_styles(http: TestClient) -> None:
    types = {http.get(f"/web/{name}").headers["content-type"] for name in FILES if name.endswith(".js")}
    assert types == {"text/javascript; charset=utf-8"}
    assert http.get("/web/styles/base.css").headers["content-type"].startswith("text/css")


@pytest.mark.parametrize("path", ["/web/", "/web/nope.js", "/web/..%2fpage.py", "/web/%2e%2e/app.py"])
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
