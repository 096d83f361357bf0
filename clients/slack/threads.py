"""Threads of Slack -> conversations of the service: each thread is one, whoever writes in it."""

import asyncio

from clients.slack.delivered import Delivered
from clients.slack.records import Thread
from clients.slack.service import Service


class Threads:
    """The conversations of threads, each begun with the first question in it."""

    def __init__(self, store: Delivered, service: Service) -> None:
        self._store = store
        self._service = service

    async def conversation(self, thread: Thread, *, instead_of: str | None = None) -> str:
        """The id of a thread's conversation. instead_of: one that takes no more turns, or is gone.

        Raises as the service does.
        """
        known = await asyncio.to_thread(self._store.conversation, thread)
        if known is not None and known != instead_of:
            return known
        begun = (await self._service.call(lambda client: client.start_conversation())).id
        holds = await asyncio.to_thread(self._store.converse, thread, begun, instead_of=instead_of)
        if holds != begun:  # another was quicker: nothing will be said in this one
            await self._service.call(lambda client: client.delete_conversation(begun))
        return holds
