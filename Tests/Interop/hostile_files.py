"""Files made to make a reader fall, loop or swell. Each maker returns bytes."""

import base64
import json
import re
import zlib

MEBIBYTE = 1 << 20


def pdf(objects: dict, trailer: str = "", *, size: int | None = None, offsets: dict | None = None) -> bytes:
    """A file with a classic cross-reference table over `objects` (number to bytes); number 1 is the catalog."""
    content, places = bytearray(b"%PDF-2.0\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, body in sorted(objects.items()):
        places[number] = len(content)
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    places.update(offsets or {})
    start, count = len(content), size or max(objects) + 1
    content += b"xref\n0 %d\n0000000000 65535 f \n" % count
    for number in range(1, count):
        content += b"%010d 00000 %b \n" % (places.get(number, 0), b"n" if number in places else b"f")
    content += b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (count, trailer.encode(), start)
    return bytes(content)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


def deflated(data: bytes, entries: bytes = b"", rounds: int = 1) -> bytes:
    for _ in range(rounds):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter [%b] %b" % (b"/FlateDecode " * rounds, entries))


def zeros_deflated(mebibytes: int) -> bytes:
    """Compressed zeros, made without holding them."""
    compressor, parts = zlib.compressobj(9), []
    for _ in range(mebibytes):
        parts.append(compressor.compress(bytes(MEBIBYTE)))
    return b"".join(parts) + compressor.flush()


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << >> /Contents 4 0 R >>"


def document(contents: bytes = b"<< /Length 0 >>\nstream\n\nendstream", **others: bytes) -> dict:
    numbered = {int(name.removeprefix("n")): body for name, body in others.items()}
    return {1: CATALOG, 2: PAGES, 3: PAGE, 4: contents} | numbered


def looping() -> dict:
    """By name: files whose structures lead back to themselves."""
    previous = pdf(document())
    start = int(re.search(rb"startxref\n(\d+)", previous).group(1))
    own = pdf(document(), f"/Prev {start}")
    start_of_own = int(re.search(rb"startxref\n(\d+)", own).group(1))
    chain = pdf(document(n5=b"5 0 R", n6=b"7 0 R", n7=b"6 0 R"))
    signature_loop = {
        1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] /SigFlags 3 >> >>", 2: PAGES, 3: PAGE,
        4: stream(b""), 5: b"<< /FT /Sig /T (a) /Kids [6 0 R] /Parent 6 0 R >>",
        6: b"<< /FT /Sig /T (b) /Kids [5 0 R] /Parent 5 0 R /V 6 0 R >>",
    }
    names_loop = document(n5=b"<< /Kids [6 0 R] >>", n6=b"<< /Kids [5 0 R] >>") | {
        1: b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 5 0 R >> >>"
    }
    return {
        "cross-reference section before itself": pdf(document(), f"/Prev {start_of_own}"),
        "page tree into itself": pdf(document() | {2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"}),
        "references to references": chain,
        "length of a stream in itself": pdf(document(b"<< /Length 4 0 R >>\nstream\nabc\nendstream")),
        "object stream in itself": object_stream_in_itself(),
        "form fields in each other": pdf(signature_loop),
        "name tree into itself": pdf(names_loop),
        "filters referring to each other": pdf(document(
            b"<< /Length 3 /Filter 5 0 R >>\nstream\nabc\nendstream", n5=b"[5 0 R 5 0 R]")),
        "catalog that is its own pages": pdf(document() | {1: b"<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] >>"}),
    }


def object_stream_in_itself() -> bytes:
    """A cross-reference stream that says object 1 stands in object stream 5, and 5 in itself."""
    body = b"%PDF-2.0\n5 0 obj\n" + stream(b"1 0 " + CATALOG, b"/Type /ObjStm /N 1 /First 4") + b"\nendobj\n"
    rows = [(0, 0, 0), (2, 5, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0), (2, 5, 0), (1, len(body), 0)]
    data = b"".join(kind.to_bytes(1, "big") + place.to_bytes(4, "big") + bytes([index]) for kind, place, index in rows)
    section = stream(data, b"/Type /XRef /W [1 4 1] /Size 7 /Root 1 0 R")
    return body + b"6 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (section, len(body))


def inflating() -> dict:
    """By name: small files that say much."""
    bomb = zeros_deflated(1024)
    bomb_entries = b"/Filter /FlateDecode"
    attachment = document(
        n5=b"<< /Names [(license.jwt) 6 0 R] >>",
        n6=b"<< /Type /Filespec /F (license.jwt) /UF (license.jwt) /EF << /F 7 0 R /UF 7 0 R >> >>",
        n7=stream(bomb, bomb_entries),
    ) | {1: b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 5 0 R >> >>"}
    section = stream(bomb, bomb_entries + b" /Type /XRef /W [1 4 1] /Size 200000000 /Root 1 0 R")
    members = b"%PDF-2.0\n5 0 obj\n" + stream(bomb, bomb_entries + b" /Type /ObjStm /N 100000000 /First 900000000")
    return {
        "page of a gibibyte": pdf(document(stream(bomb, bomb_entries))),
        "page deflated a hundred times": pdf(document(deflated(bytes(MEBIBYTE), rounds=100))),
        "attachment of a gibibyte": pdf(attachment),
        "cross-reference stream of a gibibyte": b"%%PDF-2.0\n6 0 obj\n%b\nendobj\nstartxref\n9\n%%%%EOF\n" % section,
        "object stream of a gibibyte": members + b"\nendobj\nstartxref\n9\n%%EOF\n",
        "table of two milliards": b"%PDF-2.0\nxref\n0 2000000000\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R "
        b"/Size 2000000000 >>\nstartxref\n9\n%%EOF\n",
        "predictor of endless columns": pdf(document(deflated(
            bytes(64), b"/DecodeParms << /Predictor 12 /Columns 2147483647 /Colors 32 /BitsPerComponent 16 >>"))),
        "numbers beyond all bounds": pdf(document(
            b"<< /Length 99999999999999999999999999 /A -99999999999999999999 /B 1e999999 >>\nstream\n\nendstream")),
        "object number beyond all bounds": pdf(document(), "/Prev 99999999999999999999"),
        "arrays in arrays": pdf(document(n5=b"[" * MEBIBYTE + b"]" * MEBIBYTE)),
        "dictionaries in dictionaries": pdf(document(n5=b"<</A" * 500_000 + b" 1" + b">>" * 500_000)),
        "parentheses in parentheses": pdf(document(n5=b"(" * MEBIBYTE + b")" * MEBIBYTE)),
        "millions of values": pdf(document(n5=b"[" + b"1 " * 8_000_000 + b"]")),
        "hundreds of updates": hundreds_of_updates(),
        "forty mebibytes of white space": pdf(document()) [:-6] + b" " * (40 * MEBIBYTE) + b"%%EOF\n",
        "forty mebibytes of comments": b"%PDF-2.0\n" + b"%x\n" * (13 * MEBIBYTE) + b"startxref\n9\n%%EOF\n",
    }


def hundreds_of_updates() -> bytes:
    """Each update replaces the contents of the page."""
    content = bytearray(pdf(document()))
    start = int(re.search(rb"startxref\n(\d+)", bytes(content)).group(1))
    for _ in range(600):
        place = len(content)
        content += b"4 0 obj\n%b\nendobj\n" % stream(b"q Q")
        section = len(content)
        content += b"xref\n4 1\n%010d 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\n" % (place, start)
        content += b"startxref\n%d\n%%%%EOF\n" % section
        start = section
    return bytes(content)


def tokens() -> dict:
    """By name: texts that look like credentials and QR codes."""

    def part(value) -> str:
        text = value if isinstance(value, str) else json.dumps(value)
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    header = part({"alg": "ES256", "typ": "dc+sd-jwt", "x5c": []})
    deep = '{"a":' * 200_000 + "1" + "}" * 200_000
    many = "~".join(part(["salt", f"name{index}", index]) for index in range(60_000))
    return {
        "claims in claims": f"{header}.{part(deep)}.AAAA~",
        "header in header": f"{part(deep)}.{part('{}')}.AAAA~",
        "tens of thousands of disclosures": f"{header}.{part({'_sd': []})}.AAAA~{many}~",
        "only separators": f"{header}.{part('{}')}.AAAA" + "~" * 4_000_000,
        "millions of digests": f"{header}.{part({'_sd': ['A' * 43] * 60_000})}.AAAA~",
        "QR token of endless length": "HTTPS://LOCALHOST/V#" + base64.b32encode(
            b"\xd2\x84\x5b\xff\xff\xff\xff\xff\xff\xff\xff").decode().rstrip("="),
        "QR token of arrays in arrays": "HTTPS://LOCALHOST/V#" + base64.b32encode(b"\x81" * 500).decode().rstrip("="),
    }


def oversized() -> dict:
    """By name: texts that no QR code could hold."""
    return {
        "long QR text": "HTTPS://LOCALHOST/V#" + "A" * 7_000_000,
        "deep QR token": "HTTPS://LOCALHOST/V#" + base64.b32encode(b"\x81" * 500_000).decode().rstrip("="),
    }
