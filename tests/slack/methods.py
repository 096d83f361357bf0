"""The methods of the Web API, as Slack documents them: what each needs, what it refuses, and what it does."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.slack.validation import MAX_BLOCKS, MAX_VIEW_BLOCKS, RefusedError, check_blocks, check_message
from tests.slack.workspace import BOT, BOT_ID, TEAM, Json, Said, Workspace

MAX_MARKDOWN = 12_000
MAX_USES = 5
"""Of a response_url."""

_HISTORY = {"channel": "channels:history", "group": "groups:history", "im": "im:history"}


@dataclass(frozen=True)
class Method:
    """scope: what the bot's token must have. needed: the arguments without which it is refused."""

    do: Callable[[Workspace, Json], Json]
    scope: str | None
    needed: tuple[str, ...]


def _channel(space: Workspace, args: Json, *, name: str = "channel") -> str:
    channel: str = args[name]
    if channel not in space.channels:
        raise RefusedError("channel_not_found", channel)
    if channel not in space.members:
        raise RefusedError("not_in_channel", channel)
    return channel


def _own(space: Workspace, args: Json) -> Said:
    said = space.messages.get((_channel(space, args), args["ts"]))
    if said is None or said.deleted:
        raise RefusedError("message_not_found", args["ts"])
    if not said.bot:
        raise RefusedError("cant_update_message", args["ts"])
    return said


def check_taken(space: Workspace, message: Json) -> None:
    """Raise RefusedError where this workspace doesn't take a message."""
    check_message(message)
    if not space.takes_context_actions and any(one["type"] == "context_actions" for one in message.get("blocks") or []):
        raise RefusedError("invalid_blocks", "no context_actions here")
    about = message.get("metadata")
    if about is not None and set(about) != {"event_type", "event_payload"}:
        raise RefusedError("invalid_metadata_format", str(about))


def _post(space: Workspace, args: Json) -> Json:
    channel = _channel(space, args)
    check_taken(space, args)
    thread = args.get("thread_ts")
    if thread is not None and (channel, thread) not in space.messages:
        raise RefusedError("thread_not_found", thread)
    said = space.add(
        channel,
        BOT,
        args.get("text", ""),
        thread,
        blocks=args.get("blocks") or [],
        metadata=args.get("metadata"),
        bot=True,
        unfurl_links=args.get("unfurl_links"),
        unfurl_media=args.get("unfurl_media"),
    )
    _end_status(space, said)
    return {"channel": channel, "ts": said.ts, "message": said.as_json()}


def _update(space: Workspace, args: Json) -> Json:
    said = _own(space, args)
    check_taken(space, args)
    if said.streaming:
        raise RefusedError("streaming_state_conflict", said.ts)
    said.text, said.blocks, said.streamed = args.get("text", ""), args.get("blocks") or [], ""
    said.metadata = args.get("metadata", said.metadata)
    said.changes.append(time.monotonic())
    return {"channel": said.channel, "ts": said.ts, "text": said.text}


def _delete(space: Workspace, args: Json) -> Json:
    said = _own(space, args)
    said.deleted = True
    return {"channel": said.channel, "ts": said.ts}


def _ephemeral(space: Workspace, args: Json) -> Json:
    _channel(space, args)
    check_taken(space, args)
    space.ephemeral.append(args)
    return {"message_ts": space.next_ts()}


def _start_stream(space: Workspace, args: Json) -> Json:
    if not space.takes_streams:
        raise RefusedError("unknown_method", "no streams here")
    channel = _channel(space, args)
    if space.channels[channel] != "im" and not (args.get("recipient_team_id") and args.get("recipient_user_id")):
        raise RefusedError("missing_recipient_user_id", channel)
    said = space.add(channel, BOT, "", args["thread_ts"], bot=True, streaming=True)
    said.streamed = _chunks(args)
    _end_status(space, said)
    return {"channel": channel, "ts": said.ts}


def _append_stream(space: Workspace, args: Json) -> Json:
    said = _own(space, args)
    if not said.streaming:
        raise RefusedError("message_not_in_streaming_state", said.ts)
    said.streamed += _chunks(args)
    said.changes.append(time.monotonic())
    return {"channel": said.channel, "ts": said.ts}


def _stop_stream(space: Workspace, args: Json) -> Json:
    said = _own(space, args)
    if not said.streaming:
        raise RefusedError("message_not_in_streaming_state", said.ts)
    said.streamed += _chunks(args)
    check_blocks(args.get("blocks") or [], MAX_BLOCKS)
    said.streaming, said.text = False, said.streamed
    return {"channel": said.channel, "ts": said.ts}


def _chunks(args: Json) -> str:
    text = args.get("markdown_text") or "".join(chunk.get("text", "") for chunk in args.get("chunks") or [])
    if len(text) > MAX_MARKDOWN:
        raise RefusedError("msg_too_long", str(len(text)))
    return str(text)


def _replies(space: Workspace, args: Json) -> Json:
    channel = _channel(space, args)
    scope = _HISTORY[space.channels[channel]]
    if scope not in space.scopes:
        raise RefusedError("missing_scope", scope)
    found = space.thread(channel, args["ts"])
    if not found:
        raise RefusedError("thread_not_found", args["ts"])
    oldest, at = float(args.get("oldest") or 0), int(args.get("cursor") or 0)
    # The first message of a thread is always among them.
    found = [one for one in found if one.ts == args["ts"] or float(one.ts) >= oldest]
    limit = min(int(args.get("limit") or 1000), 1000)
    metadata = str(args.get("include_all_metadata")).lower() in {"1", "true"}
    page = [one.as_json(metadata=metadata) for one in found[at : at + limit]]
    more = str(at + limit) if len(found) > at + limit else ""
    return {"messages": page, "has_more": bool(more), "response_metadata": {"next_cursor": more}}


def _react(space: Workspace, args: Json) -> Json:
    said = space.messages.get((_channel(space, args), args["timestamp"]))
    if said is None or said.deleted:
        raise RefusedError("message_not_found", args["timestamp"])
    if args["name"] in said.reactions:
        raise RefusedError("already_reacted", args["name"])
    said.reactions.add(args["name"])
    return {}


def _unreact(space: Workspace, args: Json) -> Json:
    said = space.messages.get((_channel(space, args), args["timestamp"]))
    if said is None or args["name"] not in said.reactions:
        raise RefusedError("no_reaction", args["name"])
    said.reactions.discard(args["name"])
    return {}


def _pane(space: Workspace, args: Json) -> tuple[str, str]:
    channel = _channel(space, args, name="channel_id")
    if space.channels[channel] != "im":
        raise RefusedError("channel_not_supported", channel)
    return channel, args.get("thread_ts", "")


def _status(space: Workspace, args: Json) -> Json:
    space.statuses[_pane(space, args)].append(args["status"])
    return {}


def _end_status(space: Workspace, said: Said) -> None:
    place = (said.channel, said.thread_ts or "")
    if space.statuses.get(place, [""])[-1]:
        space.statuses[place].append("")


def _title(space: Workspace, args: Json) -> Json:
    space.titles[_pane(space, args)] = args["title"]
    return {}


def _prompts(space: Workspace, args: Json) -> Json:
    prompts = args["prompts"]
    if not 1 <= len(prompts) <= 4 or any(not one.get("title") or not one.get("message") for one in prompts):
        raise RefusedError("invalid_arguments", "prompts")
    space.prompts[_pane(space, args)] = prompts
    return {}


def _view(view: Json, kind: str) -> Json:
    if view.get("type") != kind:
        raise RefusedError("invalid_arguments", f"no {kind}")
    check_blocks(view["blocks"], MAX_VIEW_BLOCKS)
    return view


def _open_view(space: Workspace, args: Json) -> Json:
    if args["trigger_id"] not in space.triggers:
        raise RefusedError("expired_trigger_id", args["trigger_id"])
    space.triggers.discard(args["trigger_id"])
    name = space.next_id("V")
    space.views[name] = _view(args["view"], "modal")
    return {"view": {"id": name}}


def _update_view(space: Workspace, args: Json) -> Json:
    if args["view_id"] not in space.views:
        raise RefusedError("not_found", args["view_id"])
    space.views[args["view_id"]] = _view(args["view"], "modal")
    return {"view": {"id": args["view_id"]}}


def _publish(space: Workspace, args: Json) -> Json:
    space.homes[args["user_id"]] = _view(args["view"], "home")
    return {"view": {"id": space.next_id("V")}}


def _auth(_: Workspace, args: Json) -> Json:
    who = {"user_id": BOT, "bot_id": BOT_ID, "team_id": TEAM, "user": "dateline", "team": "Newsroom"}
    return who | {"url": "https://newsroom.slack.example/"}


METHODS = {
    "auth.test": Method(_auth, None, ()),
    "chat.postMessage": Method(_post, "chat:write", ("channel",)),
    "chat.update": Method(_update, "chat:write", ("channel", "ts")),
    "chat.delete": Method(_delete, "chat:write", ("channel", "ts")),
    "chat.postEphemeral": Method(_ephemeral, "chat:write", ("channel", "user")),
    "chat.startStream": Method(_start_stream, "chat:write", ("channel", "thread_ts")),
    "chat.appendStream": Method(_append_stream, "chat:write", ("channel", "ts")),
    "chat.stopStream": Method(_stop_stream, "chat:write", ("channel", "ts")),
    "conversations.replies": Method(_replies, None, ("channel", "ts")),
    "reactions.add": Method(_react, "reactions:write", ("channel", "timestamp", "name")),
    "reactions.remove": Method(_unreact, "reactions:write", ("channel", "timestamp", "name")),
    "assistant.threads.setStatus": Method(_status, "assistant:write", ("channel_id", "thread_ts", "status")),
    "assistant.threads.setTitle": Method(_title, "assistant:write", ("channel_id", "thread_ts", "title")),
    "assistant.threads.setSuggestedPrompts": Method(_prompts, "assistant:write", ("channel_id", "prompts")),
    "views.open": Method(_open_view, None, ("trigger_id", "view")),
    "views.update": Method(_update_view, None, ("view_id", "view")),
    "views.publish": Method(_publish, None, ("user_id", "view")),
}
