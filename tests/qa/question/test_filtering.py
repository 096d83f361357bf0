from datetime import date

import pytest

from qa.errors import BadFiltersError
from qa.question.filtering import check_filters
from vectorstore.records import Filters


def test_an_unknown_source_names_the_known_ones() -> None:
    with pytest.raises(BadFiltersError, match=r"No article is of the source 'Tmes'\. The sources are: Post, Times\."):
        check_filters(Filters(sources=("times", "Tmes")), ("Post", "Times"))
    with pytest.raises(BadFiltersError, match="and 5 others"):
        check_filters(Filters(sources=("x",)), tuple(f"Paper {number}" for number in range(25)))
    check_filters(Filters(sources=("TIMES",)), ("Post", "Times"))
    check_filters(Filters(sources=("x",)), ())


def test_days_that_end_before_they_begin() -> None:
    with pytest.raises(BadFiltersError, match="Exchange them"):
        check_filters(Filters(since=date(2021, 8, 14), until=date(2021, 8, 13)), ())
    check_filters(Filters(since=date(2021, 8, 13), until=date(2021, 8, 13)), ())
