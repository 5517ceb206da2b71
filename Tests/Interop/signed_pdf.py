"""What a reader finds in a signed PDF with nothing but the bytes: ByteRange, CMS, time-stamp token."""

import re
from dataclasses import dataclass

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509


@dataclass(frozen=True)
class SignedPDF:
    """The one signature of a document."""

    content: bytes
    byte_range: tuple
    signature: bytes

    @classmethod
    def read(cls, content: bytes) -> "SignedPDF":
        """Reads the first signature dictionary of a PDF; fails where there is none."""
        match = re.search(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", content)
        assert match, "no /ByteRange"
        start, length, resume, rest = byte_range = tuple(int(number) for number in match.groups())
        token = content[start + length:resume]
        assert token.startswith(b"<") and token.endswith(b">"), "the gap is not the /Contents value"
        padded = bytes.fromhex(token[1:-1].decode("ascii"))
        # DER says how long it is; the rest of the reserved room is zeros.
        parsed = cms.ContentInfo.load(padded)
        signature = parsed.dump()
        assert padded[:len(signature)] == signature and not padded[len(signature):].strip(b"\0"), "no DER in /Contents"
        return cls(content, byte_range, signature)

    @property
    def signed_bytes(self) -> bytes:
        start, length, resume, rest = self.byte_range
        return self.content[start:start + length] + self.content[resume:resume + rest]

    @property
    def signed_data(self) -> cms.SignedData:
        return cms.ContentInfo.load(self.signature)["content"]

    @property
    def signer_info(self) -> cms.SignerInfo:
        (info,) = self.signed_data["signer_infos"]
        return info

    @property
    def time_stamp_token(self) -> bytes:
        """DER of the signature time-stamp (1.2.840.113549.1.9.16.2.14)."""
        for attribute in self.signer_info["unsigned_attrs"]:
            if attribute["type"].dotted == "1.2.840.113549.1.9.16.2.14":
                (token,) = attribute["values"]
                return token.dump()
        raise AssertionError("no signature time-stamp")

    @property
    def certificates(self) -> list:
        """DER of every certificate in the signature and in its time-stamp."""
        found = list(certificates_in(self.signed_data))
        found += certificates_in(cms.ContentInfo.load(self.time_stamp_token)["content"])
        return list(dict.fromkeys(found))


def certificates_in(signed_data: cms.SignedData) -> list:
    return [
        choice.chosen.dump() for choice in signed_data["certificates"]
        if isinstance(choice.chosen, asn1_x509.Certificate)
    ]


def flipped(content: bytes, offset: int) -> bytes:
    """The same bytes with one bit of one byte changed."""
    return content[:offset] + bytes([content[offset] ^ 1]) + content[offset + 1:]


def in_page_stream(content: bytes) -> int:
    """An offset in the middle of the longest stream, which draws or is drawn on the page."""
    streams = [match.span(1) for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)]
    start, end = max(streams, key=lambda span: span[1] - span[0])
    return (start + end) // 2
