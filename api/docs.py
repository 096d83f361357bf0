"""/docs: the OpenAPI document as a page. Its scripts come from an installed package: FastAPI's come from a CDN."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from pydantic.json_schema import models_json_schema

from api.examples import ANSWERED, NOT_ANSWERED
from api.schemas import Problem


def add_docs(app: FastAPI) -> None:
    """Serve the page and its assets. The addresses in it are relative, so it works behind a path prefix too."""
    page = get_swagger_ui_html(
        openapi_url="openapi.json",
        title=app.title,
        swagger_js_url="docs/assets/swagger-ui-bundle.js",
        swagger_css_url="docs/assets/swagger-ui.css",
        swagger_favicon_url="docs/assets/favicon-32x32.png",
    )

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return page

    app.mount("/docs/assets", StaticFiles(packages=[("fastapi_swagger", "resources")]))
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    """FastAPI's document, with two things that FastAPI leaves out.

    The schema that the responses of `problem_responses` refer to: FastAPI adds a response's model under the route's
    media type only, and a problem has another. The examples of answers: FastAPI drops every null from an example.
    """
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            summary=app.summary,
            description=app.description,
            version=app.version,
            routes=app.routes,
        )
        _, problem = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")
        document["components"]["schemas"].update(problem["$defs"])
        answers = document["paths"]["/ask"]["post"]["responses"]["200"]["content"]["application/json"]
        answers["examples"] = {"answered": {"value": ANSWERED}, "no_answer": {"value": NOT_ANSWERED}}
        app.openapi_schema = document
    return app.openapi_schema
