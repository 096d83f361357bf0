"""One resource a file. A new one is named here."""

from api.routes import articles, ask, conversations, feedback, health, jobs, samples, search, upkeep, uploads

ROUTERS = (
    ask.router,
    search.router,
    conversations.router,
    feedback.router,
    uploads.router,  # before the one of JSON, at the same address
    articles.router,
    jobs.router,
    samples.router,
    upkeep.router,
    health.router,
)
