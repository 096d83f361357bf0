"""Where in a sentence of another language the thing asked for may stand, and how well each place fits. Pure."""

import re
from collections.abc import Sequence

from qa.language.figures import Kind, Quantity
from qa.multilingual.dates import find_dates_in
from qa.multilingual.figures import find_figures
from qa.multilingual.tongue import WORD, Tongue
from qa.question.understand import NUMERIC, Asked, Question
from qa.reading.spans.answer_span import AnswerSpan, figure_span

_TIMES = re.compile(
    r"(?:sekund|minut|stund|tage?n?\b|woche|monat|jahr|second|heure|jour|semaine|mois|ann?é?e|ans?\b|hora|día|dia|semana|mes"
    r"|año|anos?\b|or[ae]\b|giorn|settiman|anni|uur|uren|dag|week|weken|maand|jaar|jaren)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ][^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LINKS = re.compile(r"\s(?:(?:de|del|della|di|da|do|dos|van|von|der|den|la|le|du|el)\s){0,2}")


def find_spans_in(question: Question, sentence: str, tongue: Tongue) -> tuple[AnswerSpan, ...]:
    """The places in a sentence where the thing asked for may stand, best fit first; none where it stands in no one
    place, as a reason does."""
    return tuple(sorted(_find(question, sentence, tongue), key=lambda span: -span.fit))


def _find(question: Question, sentence: str, tongue: Tongue) -> Sequence[AnswerSpan]:
    if question.asked in NUMERIC:
        return [figure_span(one, _fit(question, one, sentence, tongue)) for one in find_figures(sentence, tongue)]
    match question.asked:
        case Asked.WHO:
            return _people(question, sentence, tongue)
        case Asked.WHERE:
            return _places(question, sentence, tongue)
        case Asked.WHEN:
            dates = find_dates_in(sentence, tongue.language)
            return [AnswerSpan(one.start, one.end, sentence[one.start : one.end].casefold(), 1.0) for one in dates]
        case _:
            return ()


def _fit(question: Question, figure: Quantity, sentence: str, tongue: Tongue) -> float:
    """How well a figure fits what is counted or measured."""
    following = sentence[figure.end :].split(",")[0]
    match question.asked:
        case Asked.PERCENT:
            return 1.0 if figure.kind is Kind.PERCENT else 0.2
        case Asked.DURATION:
            return 1.0 if figure.counted and _TIMES.match(figure.counted) else 0.2
        case Asked.AMOUNT:
            return 1.0 if figure.kind is Kind.MONEY else 0.8
        case _:
            if figure.kind is not Kind.NUMBER:
                return 0.2
            near = [tongue.key(word) for word in WORD.findall(following)[:3]]
            return 1.0 if question.focus and tongue.key(question.focus) in near else 0.6


def _people(question: Question, sentence: str, tongue: Tongue) -> list[AnswerSpan]:
    """Names without the words of the question; those of two words or more fit best."""
    asked = set(map(tongue.key, question.words))
    spans = []
    for start, end in _names(sentence, tongue):
        words = [word for word in WORD.finditer(sentence, start, end) if tongue.key(word[0]) not in asked]
        if words:
            start, end = words[0].start(), words[-1].end()
            spans.append(AnswerSpan(start, end, sentence[start:end].casefold(), 1.0 if len(words) > 1 else 0.4))
    return spans


def _places(question: Question, sentence: str, tongue: Tongue) -> list[AnswerSpan]:
    asked = set(map(tongue.key, question.words))
    spans = []
    for start, end in _names(sentence, tongue):
        name = sentence[start:end]
        if asked.isdisjoint(tongue.keys(name)):
            before = " ".join(sentence[:start].split()[-3:])
            spans.append(AnswerSpan(start, end, name.casefold(), 0.9 if tongue.places.search(before) else 0.4))
    return spans


def _names(sentence: str, tongue: Tongue) -> list[tuple[int, int]]:
    """Runs of words with a capital, the small words of names between them; a first word only where it is no other."""
    names: list[tuple[int, int]] = []
    for match in _NAME.finditer(sentence):
        if not tongue.is_content(match[0]):
            continue
        if names and _LINKS.fullmatch(sentence, names[-1][1], match.start()):
            names[-1] = (names[-1][0], match.end())
        else:
            names.append(match.span())
    return names
