"""One resource a file. A new one is named here."""

from api.routes import articles, ask, conversations, feedback, health, samples, search

ROUTERS = (
    ask.router,
    search.router,
    conversations.router,
    feedback.router,
    articles.router,
    samples.router,
    health.router,
)
