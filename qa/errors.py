"""What can go wrong above the vector store. Every message says what to do.

QAError
├── BadQuestionError          empty, too long, or not text
├── ModelNotConfiguredError   a generated answer was asked for, and no model is set
└── SettingsError             a setting that is wrong or unknown
"""


class QAError(Exception):
    """The root. retryable: whether the same call may succeed later without anything being changed."""

    retryable: bool = False


class BadQuestionError(QAError):
    """The question can't be asked: empty, too long, or not text."""


class ModelNotConfiguredError(QAError):
    """A generated answer was asked for, but no model is set."""


class SettingsError(QAError):
    """A setting is wrong or unknown."""
