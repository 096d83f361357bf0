"""The kinds of problem, by which a client tells errors apart. Light to import: the HTTP client uses it too."""

from enum import StrEnum


class Kind(StrEnum):
    """The `type` of a problem (RFC 9457); "about:blank" where the status says it all."""

    BAD_QUESTION = "urn:dateline:problem:bad-question"
    NO_MODEL = "urn:dateline:problem:model-not-configured"
    ARTICLE_NOT_FOUND = "urn:dateline:problem:article-not-found"
    CONVERSATION_NOT_FOUND = "urn:dateline:problem:conversation-not-found"
    CONVERSATION_FULL = "urn:dateline:problem:conversation-full"
    ANSWER_NOT_FOUND = "urn:dateline:problem:answer-not-found"
    JOB_NOT_FOUND = "urn:dateline:problem:job-not-found"
    JOBS_FULL = "urn:dateline:problem:too-many-jobs"
    BAD_FILTERS = "urn:dateline:problem:bad-filters"
    ADDRESS_REFUSED = "urn:dateline:problem:address-refused"
    ROBOTS_REFUSED = "urn:dateline:problem:robots-refused"
    PAGE_TOO_LARGE = "urn:dateline:problem:page-too-large"
    FETCH_FAILED = "urn:dateline:problem:fetch-failed"
    UNREADABLE = "urn:dateline:problem:unreadable"
    BUSY = "urn:dateline:problem:busy"
    EMBEDDING = "urn:dateline:problem:embedding-failed"
    DISK_FULL = "urn:dateline:problem:disk-full"
    STORAGE = "urn:dateline:problem:storage-failed"
    INVALID_REQUEST = "urn:dateline:problem:invalid-request"
    INTERNAL = "urn:dateline:problem:internal"
    ABOUT_BLANK = "about:blank"
