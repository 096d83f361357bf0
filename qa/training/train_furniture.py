"""Learns what page furniture reads like: a weight for each word and pair of words, and for each sign of a line's form.

    python -m qa.training.train_furniture TRAIN... [--measure LESSONS] [--lessons FILE] [--out FILE]

TRAIN: gzipped JSON lines whose `context` or `sentence` is text; headlines, subheadings and paragraphs are made of it,
for they aren't furniture either. LESSONS: lines of "1" or "0", a tab and a line of a page, written for this; more are
made by putting bylines, credits and pointers around what others say (`made`). Of the lessons to measure with is only
counted how many are told: nothing is learned from them.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from qa.language.furniture import WEIGHTS, signs_of
from qa.language.linear import BIAS, total
from qa.training.linear import Lessons, Recipe, arguments, learn, lessons_of, others_of, save
from qa.training.train_corrections import LESSONS as CORRECTIONS

LESSONS = Path(__file__).with_name("furniture_lessons.tsv")
_RECIPE = Recipe(rounds=1_200, fewest=3, telling=16.0, sparse=5e-5)
_MARGIN = 0.4  # a report that is lost is worse than furniture that is kept
_PLAIN = 12_000  # sentences that stay as they are; headings and paragraphs are made of the others
_MADE = 600
_HEADLINE, _CAPTION = range(4, 15), range(8, 30)  # words

# Parts of lines; "{}" is a headline, a name or a caption.
_POINTERS = (
    *("More:{}", "More: {}", "MORE: {}", "Read more: {}", "READ MORE: {}", "READ: {}?", "Read:{}", "Related: {}"),
    *("RELATED: {}", "Related:{}", "Watch: {}", "WATCH: {}?", "See also: {}", "STORY: {}", "Don't miss: {}"),
    *("Video: {}", "Gallery: {}", "Photos: {}", "In pictures: {}", "Also read: {}", "Up next: {}", "Podcast: {}"),
    *(
        "Read next: {}",
        "Read the full story: {}",
        "Related coverage: {}",
        "Listen: {}",
        "Opinion | {}",
        "Live updates: {}",
    ),
)
_NAMED = (
    *("By {}", "by {}", "BY {}", "By {} and {}", "By {}, Health Reporter", "{}, Staff Writer", "{}, Chief Reporter"),
    *("{} is a reporter for the Gazette.", "{} covers courts for the Times.", "{} is our transport correspondent."),
    *("{} contributed to this report.", "Contributing: {}", "Contributing: {} and {}", "Edited by {}", "Photo by {}"),
    *("Photo: {}", "Photograph: {}/AFP", "{}/Getty Images", "{}/AFP/Getty Images", "{}/Reuters", "(AP Photo/{})"),
    *(
        "(Reporting by {}; Editing by {})",
        "(Additional reporting by {} in Rome; Writing by {})",
        "Follow {} on Twitter.",
        "Contact {} at news@times.example",
        "Credit: {}",
    ),
)
_CREDITED = (
    *("{} Photograph: {name}/EPA", "{} (Photo by {name}/Getty Images)", "{} (AP Photo/{name})", "{} (Image: PA)"),
    *("FILE - {} (AP Photo/{name}, File)", "FILE PHOTO: {} REUTERS/{name}", "Image caption, {}", "{} Picture: {name}"),
    *(
        "Cover image: {} (Picture: {name})",
        "Cover image: {} (Picture: MOD).",
        "Main photo: {} Photo: {name}",
        "Lead image: {}",
    ),
)
_SAID = (
    *("{head}: {}", "{name}: {}", "“{},” {name} said.", "{name} said: “{}”", "{head}: ‘{}’", "{name}: ‘{}’", "“{}.”"),
    *("June 3: {}", "2011: {}", "• {}", "1. {}", "({}.)", "“{},” @user19 wrote on Twitter.", "‘{}’", '"{}."'),
)
_HEADS = ("Ohio", "Kenya", "Leeds", "Police", "Study", "Report", "Court", "Turnout", "Cause", "Health", "World Cup")
_FIRST = (
    "Nina Omar Clara Hugo Priya Sven Alice Tariq Joan Ivan Rosa Mark Yuki Leo Grace Adam Ines Carl Zoe Luke".split()
)
_LAST = "Barrow Quinn Mensah Larsen Cole Rahman Novak Bianchi Tran Moore Castro Weiss Okoro Hayes Dubois Park".split()


def made(sentences: Sequence[str], number: int) -> tuple[list[str], list[str]]:
    """Furniture put together from parts, and as much that looks like it and isn't; the same every time."""
    chance = random.Random(5)
    heads, captions = (
        [" ".join(words) for one in sentences if len(words := _words(one)) in length]
        for length in (_HEADLINE, _CAPTION)
    )
    if not heads or not captions:
        return [], []

    def name() -> str:
        return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"

    told, near = [], []
    for _ in range(number):
        pattern = chance.choice((_POINTERS, _NAMED, _CREDITED))
        filled = {
            _POINTERS: (chance.choice(heads),),
            _NAMED: (name(), name()),
            _CREDITED: (f"{chance.choice(captions)}.",),
        }
        told.append(chance.choice(pattern).format(*filled[pattern], name=name()))
        near.append(chance.choice(_SAID).format(chance.choice(heads), head=chance.choice(_HEADS), name=name()))
    return told, near


def headings(sentences: Sequence[str]) -> list[str]:
    """Headlines, and parts of one to four words as subheadings are, in small letters, in capitals, and in between."""
    return [heading for number, one in enumerate(sentences) for heading in _headings(number, _words(one))]


def _headings(number: int, words: Sequence[str]) -> Iterator[str]:
    text = " ".join(words)
    kind = number % 6
    if kind > 2:
        length = 1 + number // 6 % 4
        begins = number % max(1, len(words) - length)
        part = " ".join(words[begins : begins + length])
        yield _title(part) if kind > 4 else part[:1].upper() + part[1:]
    elif len(words) < _HEADLINE.stop:
        yield (text, _title(text), text.upper())[kind]


def _words(sentence: str) -> list[str]:
    return sentence.rstrip('.!?"” ').split()


def _title(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in text.split())


def paragraphs(sentences: Sequence[str]) -> list[str]:
    """Three sentences each, as lines of an article are."""
    return [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]


def gathered(lessons: Path, others: Sequence[str]) -> Lessons:
    """All that is learned from. Notes of correction aren't to be told: what is right may stand beside them."""
    (told, near), (notes, _) = lessons_of(lessons), lessons_of(CORRECTIONS)
    plain, rest = others[:_PLAIN], others[_PLAIN:]
    more_told, more_near = made(rest, _MADE)
    heads, lines = rest[: len(rest) * 3 // 4], rest[len(rest) * 3 // 4 :]
    return Lessons(
        told=[*told, *more_told],
        near=[*near, *notes, *more_near],
        others=[*plain, *headings(heads), *paragraphs(lines)],
    )


def main() -> None:
    """Learn, and tell how many lines that nothing was learned from are told."""
    given = arguments(__doc__ or "", LESSONS, WEIGHTS)
    weights = learn(gathered(given.lessons, others_of(given.train)), signs_of, _RECIPE)
    weights[BIAS] = round(weights[BIAS] - _MARGIN, 2)
    save(weights, given.out)
    print(f"{len(weights)} weights")  # noqa: T201
    for name, some in zip(("furniture", "others"), lessons_of(given.measure) if given.measure else (), strict=False):
        taken = sum(total(weights, signs_of(one)) > 0 for one in some)
        print(f"{name} taken for furniture: {taken} of {len(some)}")  # noqa: T201


if __name__ == "__main__":
    main()
