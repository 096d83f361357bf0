import pytest

from qa.errors import (
    ModelCancelledError,
    ModelContextError,
    ModelError,
    ModelRefusedError,
    ModelReplyError,
    ModelUnavailableError,
)
from qa.llm.model import Deadline, Message, Reply
from qa.records import Usage
from qa.writing.generate import Writer, Written
from qa.writing.prompt import Prompt, write_prompt
from tests.qa.fake_model import TOKENS, FakeChatModel, Scripted
from tests.qa.fakes import article, evidence, nothing_alike

FERRY = article("The ferry carried 300 people. A fire broke out in the engine room. Nobody was hurt.", "ferry")
TOWER = article("The tower fell at noon. Amazon.com Inc. owned the old tower.", "tower")
TRUE, OTHER, FALSE = (
    "The ferry carried 300 people. [1]",
    "The tower fell at noon. [2]",
    "The ferry carried 900 people. [1]",
)
REFUSED = "The articles don't say."


@pytest.fixture
def prompt() -> Prompt:
    found = [evidence("A fire broke out in the engine room.", FERRY), evidence("The tower fell at noon.", TOWER)]
    return write_prompt("What happened?", found)


def written(prompt: Prompt, *replies: Scripted, usage: Usage | None = TOKENS) -> tuple[Written, FakeChatModel]:
    model = FakeChatModel(replies, usage=usage)
    return Writer(model, nothing_alike()).write(prompt, Deadline.at(5)), model


def kept(told: Written) -> list[str]:
    return [verdict.claim.text for verdict in told.verdicts if verdict.support != "unsupported"]


def streamed(prompt: Prompt, model: FakeChatModel) -> tuple[list[str], Written]:
    stream = Writer(model, nothing_alike()).stream(prompt, Deadline.at(5))
    shown = []
    while True:
        try:
            shown.append(next(stream))
        except StopIteration as done:
            told: Written = done.value
            return shown, told


def test_a_good_reply_is_judged_and_asked_for_once(prompt: Prompt) -> None:
    told, model = written(prompt, f"{TRUE} {OTHER}")
    assert [(verdict.claim.markers, verdict.support) for verdict in told.verdicts] == [
        ((1,), "verified"),
        ((2,), "verified"),
    ]
    assert (told.refused, told.repaired, told.failed, told.usage) == (False, False, False, TOKENS)
    assert model.calls == [prompt.messages]


@pytest.mark.parametrize(
    "reply", [REFUSED, "The articles don’t say. [1]", "the sources do not say how many", f"{REFUSED} {REFUSED}"]
)
def test_a_refusal_is_told_and_not_repaired(prompt: Prompt, reply: str) -> None:
    told, model = written(prompt, reply)
    assert (told.verdicts, told.refused, told.repaired) == ((), True, False)
    assert len(model.calls) == 1


def test_a_refusal_beside_an_answer_is_left_out(prompt: Prompt) -> None:
    told, _ = written(prompt, f"{TRUE} The articles don't say why.")
    assert (kept(told), told.failed, told.refused) == (["The ferry carried 300 people."], False, False)


def test_what_is_partly_borne_out_does_not_stand_beside_what_is_not_at_all() -> None:
    about = article("The ferry carried about 300 people. Nobody was hurt.", "ferry")
    prompt = write_prompt("How many people did the ferry carry?", [evidence("Nobody was hurt.", about)])
    partly, invented = "The ferry carried 300 people. [1]", "The ferry sank in 1990. [1]"

    alone, _ = written(prompt, partly)
    beside, _ = written(prompt, f"{partly} Nobody was hurt. [1] {invented}", f"{partly} {invented}")
    mended, _ = written(prompt, f"{partly} {invented}", partly)

    assert [verdict.support for verdict in alone.verdicts] == ["partial"]
    assert kept(beside) == ["Nobody was hurt."]
    assert kept(mended) == ["The ferry carried 300 people."]
    assert beside.dropped[0].problems[-1] == "it is only partly borne out, beside what isn't at all"


@pytest.mark.parametrize("reply", ["[1]", "[1][2] [3]", "- ", "…"])
def test_a_reply_that_says_nothing_is_no_refusal(prompt: Prompt, reply: str) -> None:
    told, _ = written(prompt, reply, REFUSED)
    assert not told.refused or told.repaired
    assert kept(told) == []


def test_what_failed_is_repaired_once(prompt: Prompt) -> None:
    told, model = written(prompt, FALSE, TRUE)
    assert (kept(told), told.failed, told.repaired) == (["The ferry carried 300 people."], False, True)
    assert told.usage == Usage(200, 20)
    assert len(model.calls) == 2
    assert model.calls[1][2:] == (Message("assistant", FALSE), model.calls[1][3])
    assert "The ferry carried 900 people. (the figure 900 is not in [1])" in model.calls[1][3].content


def test_the_repair_is_not_repaired(prompt: Prompt) -> None:
    told, model = written(prompt, FALSE, FALSE)
    assert (kept(told), told.failed, told.repaired) == ([], True, True)
    assert len(model.calls) == 2


@pytest.mark.parametrize(
    ("first", "again", "expected"),
    [
        (f"{TRUE} {FALSE}", f"{TRUE} {OTHER}", [TRUE, OTHER]),
        (f"{TRUE} {FALSE}", OTHER, [OTHER]),
        (f"{TRUE} {OTHER} {FALSE}", FALSE, [TRUE, OTHER]),
        (f"{TRUE} {OTHER} {FALSE}", TRUE, [TRUE, OTHER]),
        (f"{TRUE} {FALSE}", REFUSED, [TRUE]),
    ],
)
def test_the_better_of_two_is_kept(prompt: Prompt, first: str, again: str, expected: list[str]) -> None:
    told, _ = written(prompt, first, again)
    assert kept(told) == [sentence[:-4] for sentence in expected]
    assert (told.repaired, told.refused) == (True, False)


def test_a_repair_may_refuse(prompt: Prompt) -> None:
    told, _ = written(prompt, FALSE, REFUSED)
    assert (told.refused, told.repaired, told.usage) == (True, True, Usage(200, 20))


@pytest.mark.parametrize("usage", [None, TOKENS])
def test_usage_is_summed_where_it_is_reported(prompt: Prompt, usage: Usage | None) -> None:
    told, _ = written(prompt, FALSE, TRUE, usage=usage)
    assert told.usage == (usage and Usage(200, 20))


@pytest.mark.parametrize("error", [ModelUnavailableError("busy"), ModelReplyError("garbage"), ModelRefusedError("no")])
def test_a_repair_that_fails_leaves_the_first(prompt: Prompt, error: ModelError) -> None:
    told, _ = written(prompt, f"{TRUE} {FALSE}", error)
    assert (kept(told), told.failed, told.repaired) == (["The ferry carried 300 people."], True, False)
    assert told.usage == TOKENS


def test_a_first_call_that_fails_is_told(prompt: Prompt) -> None:
    with pytest.raises(ModelUnavailableError):
        written(prompt, ModelUnavailableError("busy"))
    with pytest.raises(ModelCancelledError):
        written(prompt, FALSE, ModelCancelledError("given up"))


REPLY = f"{TRUE} {OTHER} It burned【1】, see [1, 2]. ¹ [2021] {FALSE}"


@pytest.mark.parametrize("size", range(1, 30))
def test_a_stream_is_the_same_however_it_is_cut(prompt: Prompt, size: int) -> None:
    whole, _ = written(prompt, REPLY, TRUE)
    shown, told = streamed(prompt, FakeChatModel([REPLY, TRUE], sizes=[size]))
    assert "".join(shown) == REPLY
    assert told == whole
    assert not any(part.count("[") > part.count("]") for part in shown), "no marker is cut in two"


def test_a_stream_cut_at_any_place_is_the_same(prompt: Prompt) -> None:
    whole, _ = written(prompt, REPLY, TRUE)
    for at in range(1, len(REPLY)):
        shown, told = streamed(prompt, FakeChatModel([REPLY, TRUE], sizes=[at, len(REPLY)]))
        assert ("".join(shown), told) == (REPLY, whole)


def test_closing_the_stream_closes_the_call(prompt: Prompt) -> None:
    model = FakeChatModel([REPLY], sizes=[3])
    stream = Writer(model, nothing_alike()).stream(prompt, Deadline.at(5))
    next(stream)
    stream.close()
    assert model.closed == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry carried 300 people, see https://example.com. [1]",
        "The ferry carried 300 people, see HTTP://EXAMPLE.COM. [1]",
        "The ferry carried 300 people (www.example.com). [1]",
        "The ferry carried 300 people evil.com [1]",
        "The ferry carried 300 people, writes editor@example.com. [1]",
        "The ferry [carried](//example.com) 300 people. [1]",
        "The ferry [carried](javascript:alert(1)) 300 people. [1]",
        "The ferry [carried]( <x> ) 300 people. [1]",
        "The ferry carried 300 people ![](x.png). [1]",
        "The <b>ferry</b> carried 300 people. [1]",
        "The ferry carried <script>alert(1)</script> 300 people. [1]",
        "The ferry carried 300 people <img src=x onerror=alert(1). [1]",
        "The ferry carried 300 people <!-- here. [1]",
        "The ferry carried ```300``` people. [1]",
        "Add that the ferry carried 300 people. [1]",
        "Has the ferry carried 300 people? [1]",
        "As an AI language model, the ferry carried 300 people. [1]",
    ],
)
def test_a_sentence_with_markup_an_address_or_an_instruction_fails(prompt: Prompt, sentence: str) -> None:
    told, _ = written(prompt, sentence, sentence)
    assert kept(told) == []


@pytest.mark.parametrize(
    "sentence", ["Amazon.com Inc. owned the old tower. [2]", "The old tower was owned by Amazon.com. [2]"]
)
def test_an_address_that_is_quoted_stands(prompt: Prompt, sentence: str) -> None:
    told, _ = written(prompt, sentence)
    assert kept(told) == [sentence[:-4]]


def test_what_goes_on_and_on_is_not_read_to_its_end(prompt: Prompt) -> None:
    told, _ = written(prompt, f"{TRUE} " * 500)
    assert len(told.verdicts) <= 8


def test_what_a_reply_holds_besides_its_answer_leaves_no_trace(prompt: Prompt) -> None:
    told, model = written(prompt, f"<think>900? [2]</think>Here is the answer: {TRUE}\n\nI hope this helps!")
    assert (kept(told), told.failed, len(model.calls)) == (["The ferry carried 300 people."], False, 1)


def test_a_sentence_without_a_marker_cites_what_bears_it_out(prompt: Prompt) -> None:
    told, model = written(prompt, "The tower fell at noon.")
    (verdict,) = told.verdicts
    assert (verdict.support, [quote.number for quote in verdict.quotes]) == ("verified", [2])
    assert len(model.calls) == 1


def test_a_marker_after_two_sentences_counts_for_both(prompt: Prompt) -> None:
    told, _ = written(prompt, "The ferry carried 300 people. Nobody was hurt. [1]")
    assert [[quote.number for quote in verdict.quotes] for verdict in told.verdicts] == [[1], [1]]


def test_a_marker_that_is_shared_need_not_be_meant_for_both(prompt: Prompt) -> None:
    told, _ = written(prompt, "The tower fell at noon. Nobody was hurt. [1]")
    assert [[quote.number for quote in verdict.quotes] for verdict in told.verdicts] == [[2], [1]]


def test_a_reply_that_was_cut_keeps_its_whole_sentences(prompt: Prompt) -> None:
    class Cut(FakeChatModel):
        def complete(self, messages: object, deadline: Deadline) -> Reply:
            return Reply("The ferry carried 300 people. [1] A fire broke out in", TOKENS, cut=True)

    told = Writer(Cut(), nothing_alike()).write(prompt, Deadline.at(5))
    assert (kept(told), told.failed, told.usage) == (["The ferry carried 300 people."], False, TOKENS)


def test_a_reply_that_was_cut_before_a_sentence_was_whole_is_an_error(prompt: Prompt) -> None:
    class Cut(FakeChatModel):
        def complete(self, messages: object, deadline: Deadline) -> Reply:
            return Reply("<think>The ferry carried. But then", TOKENS, cut=True)

    with pytest.raises(ModelReplyError, match="QA_LLM_MAX_TOKENS"):
        Writer(Cut(), nothing_alike()).write(prompt, Deadline.at(5))


def test_a_model_that_does_not_stop_is_stopped(prompt: Prompt) -> None:
    model = FakeChatModel([f"{TRUE} " * 400])
    shown, told = streamed(prompt, model)
    assert model.closed == 1
    assert len("".join(shown)) < 1_000
    assert kept(told)[0] == "The ferry carried 300 people."


def test_the_same_again_is_not_judged_again(prompt: Prompt) -> None:
    told, model = written(prompt, FALSE, FALSE)
    assert (told.repaired, len(told.verdicts), len(model.calls)) == (True, 1, 2)


def test_a_context_that_is_too_small_is_asked_with_half_the_sources(prompt: Prompt) -> None:
    small = ModelContextError("too small")
    told, model = written(prompt, small, TRUE)
    assert kept(told) == ["The ferry carried 300 people."]
    assert ["source 2" in call[-1].content for call in model.calls] == [True, False]
    shown, told = streamed(prompt, FakeChatModel([small, TRUE]))
    assert (kept(told), "".join(shown)) == (["The ferry carried 300 people."], TRUE)
    with pytest.raises(ModelContextError):
        written(prompt, small, small)


def test_what_is_dropped_is_told_with_the_reason(prompt: Prompt) -> None:
    told, _ = written(prompt, f"{TRUE} {FALSE}", f"{TRUE} {FALSE}")
    (dropped,) = told.dropped
    assert (dropped.text, dropped.problems) == ("The ferry carried 900 people.", ("the figure 900 is not in [1]",))


def test_a_sentence_said_over_and_over_is_shown_once(prompt: Prompt) -> None:
    told, _ = written(prompt, f"{TRUE} {TRUE} {OTHER} {TRUE}")
    assert kept(told) == ["The ferry carried 300 people.", "The tower fell at noon."]


def test_the_fence_of_the_prompt_leaves_no_trace(prompt: Prompt) -> None:
    told, _ = written(prompt, f"<<74d83a>> end\n<<74d83a>> source 1: {TRUE}")
    assert kept(told) == ["The ferry carried 300 people."]
