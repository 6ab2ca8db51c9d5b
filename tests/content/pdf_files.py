"""Small PDFs, written by hand: what no honest program writes is wanted, too."""

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfReader, PdfWriter

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def of_objects(*objects: bytes, info: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1; the first is its root."""
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return bytes(made + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (size, info, start))


def of_pages(*pages: Sequence[str], info: bytes = b"") -> bytes:
    """A file with these lines on its pages."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(pages)))
    objects = [CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)), FONT]
    for at, lines in enumerate(pages):
        shown = b"".join(b"(%s) Tj T* " % line.encode("latin-1") for line in lines)
        body = b"BT /F1 12 Tf 14 TL 72 720 Td %sET" % shown
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
        objects += [page % (5 + 2 * at), b"<</Length %d>>\nstream\n%s\nendstream" % (len(body), body)]
    return of_objects(*objects, info=info)


def of_blank_pages(count: int) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    return of_objects(CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), *[page] * count)


def locked(data: bytes, password: str) -> bytes:
    writer, out = PdfWriter(clone_from=PdfReader(BytesIO(data))), BytesIO()
    writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()
