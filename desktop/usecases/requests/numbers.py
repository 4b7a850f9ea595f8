"""Running numbers of the hall: each series begins anew every day."""

from sqlalchemy import insert, select, update

from db.models.request import NumberSeries
from desktop.usecases.context import Context


def next_number(context: Context, series: str) -> str:
    """Allot the next number of a series for today: the day, then a running number of four digits.

    It is allotted inside the transaction of the act, so that none is lost and none given twice.
    """
    place = (
        NumberSeries.hall_id == context.hall_id,
        NumberSeries.kind == series,
        NumberSeries.day == context.today,
    )
    changed = context.connection.execute(update(NumberSeries).where(*place).values(last=NumberSeries.last + 1))
    if changed.rowcount == 0:
        row = {"hall_id": context.hall_id, "kind": series, "day": context.today, "last": 1}
        context.connection.execute(insert(NumberSeries).values(**row))
    last = context.connection.execute(select(NumberSeries.last).where(*place)).scalar_one()
    return f"{context.today:%Y%m%d}-{last:04d}"
