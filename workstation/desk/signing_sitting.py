# SPDX-License-Identifier: GPL-3.0-or-later
"""One sitting with a token: see what is plugged in, log in with one try, sign, leave.

The signer program loads one module, and a token that was plugged in later is seen only by a new program; so every
sitting begins anew and ends when its signatures are made.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casework.rights import Right
from signing.errors import SigningError
from signing.modules import AllowedModule, ModuleAllowList
from signing.pin import PinState
from signing.signer import SignerProgram
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.session import DeskSession
from workstation.desk.sign_papers import PaperSigned, sign_papers

__all__ = ["CertificateChoice", "PinState", "SigningSitting", "open_sitting"]


@dataclass(frozen=True, slots=True)
class CertificateChoice:
    """A certificate that the clerk can sign with now.

    Attributes:
        token_label: Name of the token.
        token_serial: Its serial number.
        pin_state: How close the token is to locking.
        holder: Common name on the certificate.
        organisation: As on the certificate, or empty.
        serial_number: Of the certificate, upper-case hex.
        not_after: Last moment of validity, UTC.
        certificate_sha256: By this it is chosen.
    """

    token_label: str = field(repr=False)
    token_serial: str
    pin_state: PinState
    holder: str = field(repr=False)
    organisation: str = field(repr=False)
    serial_number: str
    not_after: dt.datetime
    certificate_sha256: str


class SigningSitting:
    """A running signer program and what can be signed with; made by ``open_sitting``, ended by ``close``.

    Attributes:
        choices: Certificates that may sign and are valid now; at least one.
    """

    def __init__(
        self,
        program: SignerProgram,
        resources: contextlib.ExitStack,
        choices: tuple[CertificateChoice, ...],
        intermediates: tuple[bytes, ...],
    ) -> None:
        self.choices = choices
        self._program = program
        self._resources = resources
        self._intermediates = intermediates

    def sign(
        self,
        session: DeskSession,
        dossier_id: str,
        choice: CertificateChoice,
        pin: bytearray,
        *,
        allow_final_try: bool = False,
    ) -> Iterator[PaperSigned]:
        """Log in with one try and sign every unsigned paper; the sitting is over afterwards.

        Args:
            session: The desk.
            dossier_id: Whose papers.
            choice: One of ``choices``.
            pin: UTF-8; overwritten with zeros.
            allow_final_try: Use the try that would lock the token if it failed.

        Raises:
            SigningError: As ``SignerProgram.log_in`` and ``sign_papers``; the papers signed before stay signed.
            KnownError: As ``sign_papers``.
        """
        try:
            session.require(Right.SIGN)
            self._program.log_in(choice.token_serial, choice.certificate_sha256, pin, allow_final_try=allow_final_try)
            yield from sign_papers(session, dossier_id, self._program, intermediates=self._intermediates)
        finally:
            self.close()

    def close(self) -> None:
        """End the signer program, which logs the token out."""
        self._resources.close()


def open_sitting(
    settings: DeskSettings, usual_modules: Callable[[], Sequence[Path]], now: dt.datetime
) -> SigningSitting:
    """Start the signer with the first module that shows a token to sign with.

    Args:
        settings: Says which modules may be loaded.
        usual_modules: Finds modules in the usual places, when the settings name none.
        now: Aware; certificates that are not valid now are left out.

    Raises:
        SigningError: ``module-missing`` when there is none to load; ``no-token``; ``certificate-expired``,
            ``certificate-not-for-signing`` when tokens hold no other; else what a module raised.
    """
    modules = settings.signing_modules
    if modules is None:
        modules = tuple(AllowedModule(path) for path in usual_modules())
    problems = [SigningError("module-missing", module="PKCS#11")]
    for module in modules:
        try:
            with contextlib.ExitStack() as resources:
                program = resources.enter_context(
                    SignerProgram(module.path, ModuleAllowList(modules), environment=settings.signer_environment)
                )
                choices = _choices(program, now)
                return SigningSitting(program, resources.pop_all(), choices, settings.signing_intermediates)
        except SigningError as error:
            problems.append(error)
    raise max(problems, key=_closeness)


def _choices(program: SignerProgram, now: dt.datetime) -> tuple[CertificateChoice, ...]:
    held = [(token, kept.certificate) for token in program.tokens() for kept in token.certificates]
    able = [(token, certificate) for token, certificate in held if certificate.may_sign]
    valid = [(token, each) for token, each in able if each.not_before <= now <= each.not_after]
    if not held:
        raise SigningError("no-token", retryable=True)
    if not valid:
        raise SigningError("certificate-expired" if able else "certificate-not-for-signing")
    return tuple(
        CertificateChoice(
            token_label=token.label,
            token_serial=token.serial,
            pin_state=token.pin_state,
            holder=certificate.subject_name,
            organisation=certificate.organisation,
            serial_number=certificate.serial_number,
            not_after=certificate.not_after,
            certificate_sha256=certificate.sha256,
        )
        for token, certificate in valid
    )


def _closeness(problem: SigningError) -> int:
    """Rank a problem by how close its module came to signing: of several modules only one fits the clerk's token."""
    if problem.code.startswith("certificate-"):
        return 3
    if problem.code.startswith("token-"):
        return 2
    return 1 if problem.code == "no-token" else 0
