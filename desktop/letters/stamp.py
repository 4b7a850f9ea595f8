"""The dates a PDF file carries inside: those of its letter, not of the minute it was written."""

import re
from datetime import date

_FILE_DATES = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
_XMP_DATES = re.compile(rb'(xmp:(?:Create|Modify|Metadata)Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d')


def dated(pdf: bytes, day: date) -> bytes:
    """Date a file as its letter is dated, so that writing it again gives the same file.

    Each date gives way to one of the same length: the file's table of offsets still holds.
    """
    pdf = _FILE_DATES.sub(rb"\g<1>" + day.isoformat().replace("-", "").encode() + b"000000", pdf)
    return _XMP_DATES.sub(rb"\g<1>" + day.isoformat().encode() + b"T00:00:00", pdf)
