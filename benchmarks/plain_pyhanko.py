# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing the plain way, as pyHanko's documentation shows it: a session, a signer and a text stamp for each document.

    python -m benchmarks.plain_pyhanko < ORDER

ORDER is JSON: files, output, module, label, pin, authority. Writes the seconds that it took, its start left out.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from pathlib import Path

from asn1crypto import x509
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.pdf_utils.font.opentype import GlyphAccumulatorFactory
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.stamp import TextStampStyle

_FONT = Path(__file__).parents[1] / "signing" / "fonts" / "LiberationSerif-Regular.ttf"


def main() -> None:
    logging.disable(logging.CRITICAL)
    order = json.load(sys.stdin)
    authority = x509.Certificate.load(bytes.fromhex(order["authority"]))
    files = [Path(name) for name in order["files"]]
    sign(files[0], Path(order["output"]) / "warm.pdf", order, authority)
    started = time.perf_counter()
    for file in files:
        sign(file, Path(order["output"]) / file.name, order, authority)
    json.dump(time.perf_counter() - started, sys.stdout)


def sign(source: Path, target: Path, order: dict[str, str], authority: x509.Certificate) -> None:
    criteria = TokenCriteria(label=order["label"])
    with open_pkcs11_session(order["module"], token_criteria=criteria, user_pin=order["pin"]) as session:
        signer = PKCS11Signer(session, cert_id=b"\x01", key_id=b"\x01", ca_chain=[authority])
        style = TextStampStyle(
            stamp_text="Ký bởi: %(signer)s\nThời gian ký: %(ts)s",
            text_box_style=TextBoxStyle(font=GlyphAccumulatorFactory(str(_FONT))),
        )
        meta = signers.PdfSignatureMetadata(
            field_name="Signature1", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
        )
        field = SigFieldSpec("Signature1", on_page=0, box=(330, 780, 560, 830))
        with source.open("rb") as document, target.open("wb") as output:
            pdf_signer = signers.PdfSigner(meta, signer=signer, stamp_style=style, new_field_spec=field)
            pdf_signer.sign_pdf(IncrementalPdfFileWriter(document), output=output)


if __name__ == "__main__":
    main()
