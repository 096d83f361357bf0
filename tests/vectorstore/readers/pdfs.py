"""Small PDFs, made by hand: pages of lines in Helvetica."""

from collections.abc import Sequence


def pdf(pages: Sequence[Sequence[str]], *, title: str = "", encrypted: bool = False) -> bytes:
    """A PDF of pages, each of some lines of Latin letters; the cells of a line with tabs in it stand in columns."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) >>" % title.encode("cp1252"),
    ]
    for number, lines in enumerate(pages):
        shown = b"".join(map(_shown, lines))
        content = b"BT /F1 10 Tf 14 TL 40 780 Td %sET" % shown
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (6 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    more = b" /Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >> /ID [(a) (a)]" % (b"o" * 32, b"u" * 32)
    return _file(objects, more if encrypted else b"")


def _shown(line: str) -> bytes:
    first, *others = map(_escaped, line.split("\t"))
    moved = b"".join(b"120 0 Td (%s) Tj " % cell for cell in others)
    return b"(%s) Tj %s%d 0 Td T* " % (first, moved, -120 * len(others))


def _file(objects: Sequence[bytes], more: bytes) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R /Info 4 0 R%s >>" % (size, more)
    return body + b"xref\n0 %d\n%s%s\nstartxref\n%d\n%%%%EOF\n" % (size, table, trailer, len(body))


def _escaped(line: str) -> bytes:
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
