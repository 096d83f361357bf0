"""The OpenAI door: an application of its own, with errors of OpenAI's shape, mounted at /v1.

It is left out of the OpenAPI document: what it takes and gives is OpenAI's to describe, and ours would differ from it.
A key is taken and not looked at, as OpenAI's clients won't send a request without one.
"""

from fastapi import FastAPI

from api.openai import chat, models, responses
from api.openai.errors import add_error_handlers

PREFIX = "/v1"


def create_openai_app() -> FastAPI:
    """The application; its engine is that of the one it is mounted in."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    add_error_handlers(app)
    for router in (models.router, chat.router, responses.router):
        app.include_router(router)
    return app
