"""Small files as people bring them: made here byte by byte, so that no test needs a scanner or Qt."""

import struct
import zlib

PNG_START = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int = 4, height: int = 3, shade: int = 128) -> bytes:
    """A whole grey picture."""
    rows = b"".join(b"\0" + bytes([shade]) * width for _row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return PNG_START + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def png_bomb(side: int = 60_000) -> bytes:
    """A few hundred bytes that say they are a picture of billions of dots."""
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return PNG_START + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def jpeg(width: int = 16, height: int = 8, body: bytes = b"\x12\x34" * 40) -> bytes:
    """The segments of a JPEG in their order; the picture itself is noise."""
    app = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\1\1\0\0\x3f\0"
    return b"\xff\xd8" + app + frame + scan + body + b"\xff\xd9"


def pdf(body: bytes = b"") -> bytes:
    """A PDF as far as anybody at the counter looks into it."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n" + body + b"\ntrailer<<>>\n%%EOF\n"
