"""What a person wrote, as plain text."""

import pytest

from clients.slack.escaping import mrkdwn
from clients.slack.plain import is_to_another, mentions, plain
from clients.visible import clean
from tests.slack.hostile import TEXTS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<@UBOT> how many?", "how many?"),
        ("how many, <@UBOT|dateline>?", "how many, ?"),
        ("what did <@U1> say?", "what did @U1 say?"),
        ("what did <@U1|ann> say in <#C1|general>?", "what did @ann say in #general?"),
        ("<!here> <!subteam^S1|@editors> <!channel|channel>", "@here @editors channel"),
        ("see <https://example.org|this> and <https://example.org/b>", "see this and https://example.org/b"),
        ("3 &lt; 4 &amp;amp; 5 &gt; 2", "3 < 4 &amp; 5 > 2"),
        ("a  lot   of blanks", "a lot of blanks"),
        ("<@UBOT>", ""),
    ],
)
def test_mentions_links_and_escapes_in_words(text: str, said: str) -> None:
    assert plain(text, "UBOT") == said


@pytest.mark.parametrize("text", TEXTS)
def test_what_slack_has_escaped_comes_back_as_it_was(text: str) -> None:
    assert "".join(plain(mrkdwn(text), "UBOT").split()) == "".join(clean(text).split())


def test_who_is_spoken_to() -> None:
    assert mentions("hey <@UBOT>", "UBOT")
    assert not mentions("hey <@UBOT2>", "UBOT")
    assert is_to_another("<@U1> look", "UBOT")
    assert not is_to_another("<@UBOT> look <@U1>", "UBOT")
    assert not is_to_another("look <@U1>", "UBOT")
