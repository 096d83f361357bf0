"""Which operations go on from what another one gives: OpenAPI's links, for readers and for what follows them."""

from typing import Any


def links(parameter: str, *operation_ids: str) -> dict[str, Any]:
    """For a response of a route: the operations that take the `id` that it gives as this parameter of their path."""
    return {name: {"operationId": name, "parameters": {parameter: "$response.body#/id"}} for name in operation_ids}


def asking_in(operation_id: str, question: str) -> dict[str, Any]:
    """For the response that begins a conversation: a question asked in it."""
    return {
        operation_id: {
            "operationId": operation_id,
            "requestBody": {"question": question, "conversation_id": "$response.body#/id"},
        }
    }
