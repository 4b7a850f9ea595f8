"""Running numbers of the hall: each series begins anew every day."""

from db.queries.numbers import next_in_series
from desktop.usecases.context import Context


def next_number(context: Context, series: str) -> str:
    """Allot the next number of a series for today: the day, then a running number of four digits.

    It is allotted inside the transaction of the act, so that none is lost and none given twice.
    """
    last = next_in_series(context.connection, context.hall_id, series, context.today)
    return f"{context.today:%Y%m%d}-{last:04d}"
