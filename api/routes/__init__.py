"""One resource a file. A new one is named here."""

from api.routes import articles, ask, health

ROUTERS = (ask.router, articles.router, health.router)
