"""What can go wrong when answers are measured. Every message says what to do.

EvaluationError
├── DatasetError     a data set that can't be read, or whose articles can't be searched
│   └── LineError    what is wrong with one line of it, before the file is named
└── BaselineError    a baseline that can't be read, or that is of other questions
"""

from qa.errors import QAError


class EvaluationError(QAError):
    """The root."""


class DatasetError(EvaluationError):
    """A data set can't be read or asked through. What is wrong with a line is said with its number and the file."""


class LineError(DatasetError):
    """A line of a data set is no case. line: from 1. what: in words that go after the name of the file and the line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"Line {line}: {what}")
        self.line = line
        self.what = what


class BaselineError(EvaluationError):
    """A baseline can't be read, or is of other questions."""
