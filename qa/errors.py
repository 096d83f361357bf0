"""What can go wrong above the vector store. Every message says what to do.

QAError
├── BadQuestionError            empty, too long, or not text
├── BadFiltersError             filters that let nothing through, by mistake
├── ModelError                  the model that writes answers failed
│   ├── ModelUnavailableError   it can't be reached, is too busy or too slow: try again later
│   ├── ModelRefusedError       it refuses the request: the key, the model's name or the address is wrong
│   │   └── ModelContextError   the messages are longer than it takes
│   ├── ModelReplyError         what it answered is no whole reply
│   └── ModelCancelledError     the caller gave the call up
├── ModelNotConfiguredError     a generated answer was asked for, and no model is set
├── ConversationError           about a conversation
│   ├── ConversationNotFoundError  there is none of this id
│   ├── ConversationFullError      it has as many turns as are kept
│   └── BadTitleError              the title can't be given
├── AnswerNotFoundError         no answer of this id is known any more
├── BusyError                   too many requests wait already: try again later
├── BadFeedbackError            the comment is too long, or not text
└── SettingsError               a setting that is wrong or unknown
"""


class QAError(Exception):
    """The root. retryable: whether the same call may succeed later without anything being changed."""

    retryable: bool = False


class BadQuestionError(QAError):
    """The question can't be asked: empty, too long, or not text."""


class BadFiltersError(QAError):
    """Filters that can let nothing through: a publisher that no article is of, or days that end before they begin."""


class ModelError(QAError):
    """The model that writes answers failed. The words are ours: never the key, nor anything that the server sent."""


class ModelUnavailableError(ModelError):
    """The model can't be reached, is too busy (429), fails (5xx) or is too slow, or was so just before.

    retry_after_s: how long it asked to be left alone, where it said so.
    """

    retryable = True

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class ModelRefusedError(ModelError):
    """The model's server refuses the request (4xx): a wrong key, an unknown model, a wrong address.

    lasting: whether it would refuse every other request, too.
    """

    def __init__(self, message: str, *, lasting: bool = True) -> None:
        super().__init__(message)
        self.lasting = lasting


class ModelContextError(ModelRefusedError):
    """The messages are longer than the model's context: the same question with fewer sources may fit."""

    def __init__(self, message: str) -> None:
        super().__init__(message, lasting=False)


class ModelReplyError(ModelError):
    """What came is no whole reply: garbage, empty, cut off, too long, or withheld."""


class ModelCancelledError(ModelError):
    """The caller gave the call up before the model had answered; nobody waits for the reply."""


class ModelNotConfiguredError(QAError):
    """A generated answer was asked for, but no model is set."""


class ConversationError(QAError):
    """About a conversation."""


class ConversationNotFoundError(ConversationError):
    """No conversation has this id."""


class ConversationFullError(ConversationError):
    """The conversation has as many turns as are kept."""


class BadTitleError(ConversationError):
    """The title is blank, too long or not text."""


class AnswerNotFoundError(QAError):
    """No answer of this id is known, or not any more."""


class BusyError(QAError):
    """As many requests wait as may; nothing was done for this one."""

    retryable = True


class BadFeedbackError(QAError):
    """The comment or the asker is too long, or not text."""


class SettingsError(QAError):
    """A setting is wrong or unknown."""
