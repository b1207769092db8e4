"""When somebody must have been told that their data is kept, if it came from somebody else.

Dataskyddsförordningen (EU) 2016/679 artikel 14.3 a: within a reasonable time, at the latest within one month.
"""

import calendar
from datetime import date, timedelta

# how long before the last day it is pressing
SOON = timedelta(days=7)


def inform_by(obtained_on: date) -> date:
    """The same day of the next month; its last day if it has no such day."""
    year, month = divmod(obtained_on.year * 12 + obtained_on.month, 12)
    return date(year, month + 1, min(obtained_on.day, calendar.monthrange(year, month + 1)[1]))


def is_pressing(by: date, today: date) -> bool:
    """Whether a week or less remains, or it is late."""
    return by - today <= SOON
