"""One resource a file. A new one is named here."""

from api.routes import articles, ask, health, samples

ROUTERS = (ask.router, articles.router, samples.router, health.router)
