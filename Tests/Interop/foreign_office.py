"""Another office with its own root: keys by `cryptography`, time-stamps by `openssl ts`, PDFs signed by pyHanko."""

import subprocess
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

from asn1crypto import crl as asn1_crl, keys as asn1_keys, tsp, x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")

NOT_BEFORE = datetime.now(timezone.utc).replace(microsecond=0) - timedelta(days=1)
NOT_AFTER = NOT_BEFORE + timedelta(days=365)


class Party:
    """A key and its certificate."""

    def __init__(self, key, certificate):
        self.key, self.certificate = key, certificate

    @property
    def asn1(self):
        return asn1_x509.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))

    @property
    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self):
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    @property
    def asn1_key(self):
        der = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return asn1_keys.PrivateKeyInfo.load(der)


def certify(subject, key, issuer=None, *, ca=False, usages=(), not_after=NOT_AFTER):
    """A party with a certificate signed by `issuer`, or by itself."""
    name = x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "NL"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Another Office"),
        x509.NameAttribute(NameOID.COMMON_NAME, subject),
    ])
    issuer_name = issuer.certificate.subject if issuer else name
    issuer_key = issuer.key if issuer else key
    time_stamping = ExtendedKeyUsageOID.TIME_STAMPING in usages
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOT_BEFORE)
        .not_valid_after(not_after)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .add_extension(
            x509.KeyUsage(
                digital_signature=not ca, content_commitment=not ca and not time_stamping, key_encipherment=False,
                data_encipherment=False, key_agreement=False, key_cert_sign=ca, crl_sign=ca,
                encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
    )
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(list(usages)), critical=time_stamping)
    return Party(key, builder.sign(issuer_key, hashes.SHA256()))


class OpenSSLTimeStamper(TimeStamper):
    """A time-stamp authority that is the `openssl ts` command."""

    def __init__(self, folder: Path, party: Party, chain: list):
        super().__init__()
        self.folder = folder
        (folder / "tsa.pem").write_bytes(party.pem)
        (folder / "tsa.key").write_bytes(party.key_pem)
        (folder / "chain.pem").write_bytes(b"".join(each.pem for each in chain))
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(f"""
[tsa]
default_tsa = office
[office]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/chain.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
""")

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        query, reply = self.folder / "query.tsq", self.folder / "reply.tsr"
        query.write_bytes(req.dump())
        subprocess.run(
            ["openssl", "ts", "-reply", "-config", self.folder / "tsa.cnf", "-queryfile", query, "-out", reply],
            check=True, capture_output=True,
        )
        return tsp.TimeStampResp.load(reply.read_bytes())


class ForeignOffice:
    """Root, issuing CA, signer and time-stamp authority, with their revocation lists."""

    def __init__(self, folder: Path, algorithm: str = "ES256"):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        new_key = {
            "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
            "ES384": lambda: ec.generate_private_key(ec.SECP384R1()),
            "RS256": lambda: rsa.generate_private_key(65537, 3072),
        }[algorithm]
        self.root = certify("Another Root", new_key(), ca=True)
        self.ca = certify("Another Issuing CA", new_key(), self.root, ca=True)
        document_signing = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
        self.signer = certify(
            "Another Signer", new_key(), self.ca, usages=[document_signing, ExtendedKeyUsageOID.EMAIL_PROTECTION]
        )
        self.tsa = certify(
            "Another Time-Stamp Authority", new_key(), self.root, usages=[ExtendedKeyUsageOID.TIME_STAMPING]
        )
        self.root_file = folder / "root.pem"
        self.root_file.write_bytes(self.root.pem)
        self.time_stamper = OpenSSLTimeStamper(folder, self.tsa, [self.root])

    def revocation_list(self, issuer: Party, revoked=()) -> bytes:
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer.certificate.subject)
            .last_update(NOT_BEFORE)
            .next_update(NOT_BEFORE + timedelta(days=30))
            .add_extension(x509.CRLNumber(1), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
            )
        )
        for party in revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(party.certificate.serial_number)
                .revocation_date(NOT_BEFORE)
                .build()
            )
        return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def simple_signer(self, beside=()) -> signers.SimpleSigner:
        store = SimpleCertificateStore()
        store.register_multiple([self.ca.asn1, self.root.asn1, *(party.asn1 for party in beside)])
        return signers.SimpleSigner(
            signing_cert=self.signer.asn1, signing_key=self.signer.asn1_key, cert_registry=store
        )

    def validation_context(self) -> ValidationContext:
        lists = [asn1_crl.CertificateList.load(self.revocation_list(each)) for each in (self.root, self.ca)]
        return ValidationContext(
            trust_roots=[self.root.asn1], other_certs=[self.ca.asn1, self.tsa.asn1], crls=lists,
            revocation_mode="require",
        )

    def sign(
        self, document: bytes, level: str, field: str = "Signature1", hash: str = "sha256", beside=()
    ) -> bytes:
        """`document` signed at a PAdES baseline level; the signature carries the certificates of `beside` too."""
        longer = level in ("B-LT", "B-LTA")
        metadata = signers.PdfSignatureMetadata(
            field_name=field, md_algorithm=hash, subfilter=fields.SigSeedSubFilter.PADES,
            embed_validation_info=longer, use_pades_lta=level == "B-LTA",
            validation_context=self.validation_context() if longer else None,
        )
        output = signers.sign_pdf(
            IncrementalPdfFileWriter(BytesIO(document)), metadata, self.simple_signer(beside),
            timestamper=None if level == "B-B" else self.time_stamper,
        )
        return output.getvalue()


def page(text: str = "Another office's paper", *, stream_xrefs: bool = True) -> bytes:
    """An unsigned PDF of one page."""
    writer = PdfFileWriter(stream_xrefs=stream_xrefs)
    font = generic.DictionaryObject({
        generic.pdf_name("/Type"): generic.pdf_name("/Font"),
        generic.pdf_name("/Subtype"): generic.pdf_name("/Type1"),
        generic.pdf_name("/BaseFont"): generic.pdf_name("/Helvetica"),
    })
    resources = generic.DictionaryObject({
        generic.pdf_name("/Font"): generic.DictionaryObject({generic.pdf_name("/F1"): writer.add_object(font)})
    })
    content = generic.StreamObject(stream_data=f"BT /F1 18 Tf 72 720 Td ({text}) Tj ET".encode("ascii"))
    writer.insert_page(PageObject(
        contents=writer.add_object(content), media_box=generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
        resources=resources,
    ))
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def with_more_on_the_page(document: bytes) -> bytes:
    """`document` with an incremental update that writes over its first page."""
    writer = IncrementalPdfFileWriter(BytesIO(document))
    more = generic.StreamObject(stream_data=b"BT /F1 18 Tf 72 700 Td (and more) Tj ET")
    writer.add_stream_to_page(0, writer.add_object(more))
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


__all__ = ["ForeignOffice", "LEVELS", "Party", "certify", "page", "with_more_on_the_page"]
