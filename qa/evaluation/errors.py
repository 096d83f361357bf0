"""What can go wrong when answers are measured. Every message says what to do.

EvaluationError
├── DatasetError     a data set that can't be read, or whose articles can't be searched
└── BaselineError    a baseline that can't be read, or that is of other questions
"""

from qa.errors import QAError


class EvaluationError(QAError):
    """The root."""


class DatasetError(EvaluationError):
    """A data set can't be read or asked through. What is wrong with a line is said with its number."""


class BaselineError(EvaluationError):
    """A baseline can't be read, or is of other questions."""
