"""Forgers. An outsider appends to a document; an insider holds a department's private key and signs what he likes."""

import asyncio
import base64
import hashlib
import json
import re
import zlib
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pyhanko.sign import signers
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from foreign_office import OpenSSLTimeStamper, Party


def objects_of(content: bytes) -> dict:
    """Number to bytes of every object of a file with one classic table, as our writer lays it out."""
    return {
        int(match.group(1)): match.group(2)
        for match in re.finditer(rb"^(\d+) 0 obj\n(.*?)\nendobj$", content, re.DOTALL | re.MULTILINE)
    }


def number_of(objects: dict, part: bytes) -> int:
    """The one object whose dictionary has `part`."""
    (number,) = [number for number, body in objects.items() if part in body.split(b"stream\n")[0]]
    return number


def trailer_of(content: bytes) -> bytes:
    """The last trailer's entries without Size and Prev."""
    entries = content[content.rindex(b"trailer\n<<") + 10:content.rindex(b">>\nstartxref")]
    return re.sub(rb"/(Size|Prev|XRefStm) \d+", b"", entries)


def start_of_table(content: bytes) -> int:
    return int(re.findall(rb"startxref\s+(\d+)", content)[-1])


def update(content: bytes, objects: dict, ending: bytes = b"startxref\n%d\n%%%%EOF\n", trailer: bytes = b"") -> bytes:
    """`content` with an incremental update of these objects."""
    added, places = bytearray(content), {}
    for number, body in objects.items():
        places[number] = len(added)
        added += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(added)
    added += b"xref\n"
    for number, place in sorted(places.items()):
        added += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max([*places, *objects_of(content)]) + 1
    added += b"trailer\n<<%b/Size %d/Prev %d%b>>\n" % (trailer_of(content), size, start_of_table(content), trailer)
    return bytes(added) + ending % start


class Insider:
    """Someone in the office with a department's key; the time-stamp service stamps whatever he sends."""

    def __init__(self, office, department: str, folder: Path):
        self.office, self.folder = office, folder
        self.ca = self.certificate("issuing-ca")
        self.party = self.of(f"signer-{department}")
        folder.mkdir(parents=True, exist_ok=True)
        root = Party(None, x509.load_pem_x509_certificate(office.root.read_bytes()))
        self.time_stamper = OpenSSLTimeStamper(folder, self.of("time-stamp"), [Party(None, self.ca), root])

    def certificate(self, name: str) -> x509.Certificate:
        return x509.load_pem_x509_certificate((self.office.folder / f"keys/certificates/{name}.pem").read_bytes())

    def of(self, name: str) -> Party:
        key = (self.office.folder / f"keys/private/{name}.key").read_bytes()
        return Party(load_pem_private_key(key, self.office.passphrase), self.certificate(name))

    def simple_signer(self) -> signers.SimpleSigner:
        store = SimpleCertificateStore()
        store.register(Party(None, self.ca).asn1)
        return signers.SimpleSigner(
            signing_cert=self.party.asn1, signing_key=self.party.asn1_key, cert_registry=store
        )

    def signed(self, objects: dict, trailer: bytes) -> bytes:
        """A new file of these objects, the signature among them filled in with this department's key."""
        number = number_of(objects, b"/ByteRange")
        objects = {**objects, number: roomy(objects[number])}
        content, places = bytearray(b"%PDF-2.0\n%\xe2\xe3\xcf\xd3\n"), {}
        for each in sorted(objects, key=lambda each: each == number):
            places[each] = len(content)
            content += b"%d 0 obj\n%b\nendobj\n" % (each, objects[each])
        start, size = len(content), max(objects) + 1
        content += b"xref\n0 %d\n0000000000 65535 f \n" % size
        for each in range(1, size):
            content += b"%010d 00000 %b \n" % (places.get(each, 0), b"n" if each in places else b"f")
        content += b"trailer\n<<%b/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, size, start)
        return self.fill(bytes(content))

    def fill(self, content: bytes) -> bytes:
        """`content` with its last signature made anew."""
        place = content.rindex(b"/ByteRange [")
        contents = re.compile(rb"/Contents (<[0-9A-Fa-f]+>)").search(content, place)
        start, end = contents.span(1)
        numbers = b"/ByteRange [%010d %010d %010d %010d]" % (0, start, end, len(content) - end)
        content = content[:place] + numbers + content[place + len(numbers):]
        digest = hashlib.sha256(content[:start] + content[end:]).digest()
        signed = asyncio.run(self.simple_signer().async_sign(
            digest, "sha256", use_pades=True, timestamper=self.time_stamper,
            signed_attr_settings=PdfCMSSignedAttributes(),
        ))
        signature = signed.dump().hex().encode()
        return content[:start + 1] + signature.ljust(end - start - 2, b"0") + content[end - 1:]

    def token(self, text: str, change) -> str:
        """A credential whose claims went through `change`, signed again with this department's key."""
        token, *disclosures = text.split("~")
        header, claims, _ = token.split(".")
        read = json.loads(base64.urlsafe_b64decode(claims + "=="))
        change(read)
        body = f"{header}.{encoded(json.dumps(read, ensure_ascii=False).encode())}"
        r, s = decode_dss_signature(self.party.key.sign(body.encode(), ec.ECDSA(hashes.SHA256())))
        return "~".join([f"{body}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}", *disclosures])


def roomy(signature: bytes) -> bytes:
    """A signature dictionary with place for pyHanko's CMS, which is larger than ours."""
    return re.sub(rb"/Contents <[0-9A-Fa-f]+>", b"/Contents <%b>" % (b"0" * 16384), signature)


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def inflated(body: bytes) -> bytes:
    return zlib.decompress(body[body.index(b"stream\n") + 7:])


def with_data(body: bytes, data: bytes) -> bytes:
    """A stream object with other contents, uncompressed."""
    entries = body[:body.index(b"stream\n")]
    entries = re.sub(rb"/Filter /FlateDecode", b"", re.sub(rb"/Length \d+", b"/Length %d" % len(data), entries))
    return entries + b"stream\n" + data + b"\nendstream"
