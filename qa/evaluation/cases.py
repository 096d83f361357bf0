"""A record of a data set -> a case. Pure. The names of the fields are those that public sets use, in any mix."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from qa.errors import BadQuestionError
from qa.evaluation.errors import LineError
from qa.evaluation.naming import says_anything, spellings
from qa.evaluation.records import Case, Document
from qa.question.asked_text import read_question

_QUESTION = ("question", "q", "text")
_ID = ("id", "_id")
_ALTERNATIVES = ("answers", "names", "answer")  # strings are spellings of one answer; lists in a list are answers
_ALL_OF = "gold_answers"  # each must be named
_SENTENCES = "selected"  # sentences that hold the answer: naming one is as good as the answer's own words
_WRONG = "wrong_answers"
_RELEVANT = ("relevant", "articles", "article")
_GROUP = ("title", "context")
_KINDS: Mapping[type, str] = {
    dict: "an object",
    list: "a list",
    bool: "true or false",
    type(None): "null",
    str: "words",
}
_EITHER = "|"  # between the names of articles in one string

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a data set. passage: (title, text) of the article that the record brings. record: all its fields."""

    case: Case
    passage: tuple[str | None, str] | None
    record: Record


def read_case(record: Record, line: int) -> Entry:
    """Return the case of a record. line: where it stands, from 1.

    A case is answerable unless the record says otherwise ("unanswerable", "answerable") or its answers are null or
    empty. Raises LineError, with what to do, where it holds no case.
    """
    try:
        return _entry(record, line)
    except _FieldError as error:
        raise LineError(line, f"{str(error).rstrip('.')}.") from None


class _FieldError(Exception):
    """What is wrong with a record, in words that go after its line and before a full stop."""


def _entry(record: Record, line: int) -> Entry:
    question = _question(record)
    golds, given = _golds(record)
    relevant = _relevant(record)
    passage = _passage(record)
    answerable = _answerable(record, known=bool(golds), given=given, found=bool(relevant))
    name = next((str(value) for field in _ID if isinstance(value := record.get(field), str | int)), f"line {line}")
    case = Case(
        id=name,
        line=line,
        question=question,
        golds=golds if answerable else (),
        wrong=tuple(dict.fromkeys(_strings(record, _WRONG))),
        relevant=relevant if answerable else (),
        answerable=answerable,
        documents=_documents(record),
        group=next((value for field in _GROUP if isinstance(value := record.get(field), str)), None),
    )
    if passage is not None and case.documents:
        raise _FieldError('it has both "context" and "documents": leave one of them out')
    return Entry(case, passage, record)


def _question(record: Record) -> str:
    for field in _QUESTION:
        if isinstance(value := record.get(field), str):
            try:
                return read_question(value)
            except BadQuestionError as error:
                raise _FieldError(f"the question can't be asked. {error}") from None
    fields = ", ".join(map(repr, list(record)[:8])) or "none"
    raise _FieldError(f'it has no question: give it as "question", "q" or "text" (its fields: {fields})')


def _golds(record: Record) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """What must be named, and whether the record has a field for it at all."""
    if record.get(_ALL_OF) is not None:
        every = _list(record, _ALL_OF)
        return tuple(_group(_ALL_OF, each if isinstance(each, list) else [each]) for each in every), True
    for field in _ALTERNATIVES:
        if field not in record:
            continue
        value = record[field]
        if value in (None, "", []):
            return (), True
        each: list[object] = value if isinstance(value, list) else [value]
        groups = [one for one in each if isinstance(one, list)]
        if len(groups) == len(each):
            return tuple(_group(field, group) for group in groups), True
        if groups:
            raise _FieldError(
                f'"{field}" holds lists and words: give words alone, which are spellings of one answer, or a list for '
                "each answer"
            )
        return (_group(field, [*each, *_strings(record, _SENTENCES)]),), True
    return (), _ALL_OF in record


def _group(field: str, values: list[object]) -> tuple[str, ...]:
    """The spellings of one answer."""
    words = [_word(field, value) for value in values]
    known = tuple(dict.fromkeys(spelling for word in words for spelling in spellings(word) if says_anything(spelling)))
    if not known:
        raise _FieldError(
            f'"{field}" holds an answer without words: write it out, leave it away, or put null for "{field}" where '
            "the articles don't say"
        )
    return known


def _relevant(record: Record) -> tuple[str, ...]:
    """The names of the articles that hold the answer."""
    for field in _RELEVANT:
        value = record.get(field)
        if isinstance(value, str):
            return tuple(dict.fromkeys(name for name in value.split(_EITHER) if name.strip()))
        if isinstance(value, list):
            return tuple(dict.fromkeys(_strings(record, field)))
        if value is not None:
            raise _FieldError(
                f'"{field}" holds {_kind(value)}: name the articles in a list, or in a string with "{_EITHER}" between'
            )
    return ()


def _answerable(record: Record, *, known: bool, given: bool, found: bool) -> bool:
    for field, meaning in (("unanswerable", False), ("answerable", True)):
        if isinstance(value := record.get(field), bool):
            return value is meaning
        if value is not None:
            raise _FieldError(f'"{field}" is {value!r}: it must be true or false')
    if not (given or known or found):
        fields = ", ".join(map(repr, list(record)[:8]))
        raise _FieldError(
            'it says nothing of its answer: give "answers" (null where the articles don\'t say), "names", "answer", '
            f'"gold_answers", "unanswerable" or "relevant" (its fields: {fields})'
        )
    return known or (found and not given)


def _passage(record: Record) -> tuple[str | None, str] | None:
    text = record.get("context")
    if text is None:
        return None
    title = record.get("title")
    return (title if isinstance(title, str) else None), _word("context", text)


def _documents(record: Record) -> tuple[Document, ...]:
    if record.get("documents") is None:
        return ()
    documents = []
    for number, each in enumerate(_list(record, "documents"), start=1):
        if not (isinstance(each, Mapping) and isinstance(text := each.get("text"), str)):
            raise _FieldError('each of "documents" must be an object with its words under "text"')
        title = each.get("title")
        documents.append(Document(f"document-{number}", text, title if isinstance(title, str) else None))
    if not documents:
        raise _FieldError('"documents" is empty: there is nothing to look in')
    return tuple(documents)


def _strings(record: Record, field: str) -> list[str]:
    return [] if record.get(field) is None else [_word(field, value) for value in _list(record, field)]


def _list(record: Record, field: str) -> list[object]:
    value = record[field]
    if not isinstance(value, list):
        raise _FieldError(f'"{field}" holds {_kind(value)}: put it in a list, [...], also where there is only one')
    return value


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "a number")


def _word(field: str, value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise _FieldError(f'"{field}" holds {_kind(value)}, where words are expected: write them as "..."')
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise _FieldError(f'"{field}" holds half of a character (a lone surrogate): save it as valid UTF-8')
    return value


def unanswerable(case: Case) -> Case:
    """Return the case as it is in a library that lacks its article."""
    return replace(case, golds=(), relevant=(), answerable=False)
