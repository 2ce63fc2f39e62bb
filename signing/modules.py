# SPDX-License-Identifier: GPL-3.0-or-later
"""Which PKCS#11 modules may be loaded: a list that the administrator makes, never the document and never a setting."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from signing.errors import SigningError


@dataclass(frozen=True, slots=True)
class AllowedModule:
    """One native library that may be loaded.

    Attributes:
        path: Absolute path of the library; symbolic links are followed.
        sha256: Hex digest that the file must have; ``None`` when the administrator pins the place only.
    """

    path: Path
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class ModuleAllowList:
    """All native libraries that the signer program may load."""

    modules: tuple[AllowedModule, ...]

    def resolve(self, path: Path) -> AllowedModule:
        """Find the entry for a module that somebody asks for.

        Args:
            path: Absolute path of the module; symbolic links are followed on both sides.

        Returns:
            The entry, with the path of the real file.

        Raises:
            SigningError: ``module-not-allowed`` (not on the list, or a relative path), ``module-missing``,
                ``module-changed`` (its content is not the one on the list), ``module-unsafe`` (somebody besides the
                administrator could exchange it).
        """
        if not path.is_absolute():
            raise SigningError("module-not-allowed", module=path.name)
        real = path.resolve()
        for module in self.modules:
            if module.path.is_absolute() and module.path.resolve() == real:
                allowed = AllowedModule(real, module.sha256)
                check_content(allowed)
                return allowed
        raise SigningError("module-not-allowed", module=path.name)


def check_content(module: AllowedModule) -> None:
    """Compare a module's file with its entry, and look who could exchange it.

    Raises:
        SigningError: ``module-missing``, ``module-unsafe``, ``module-changed``.
    """
    if not module.path.is_file():
        raise SigningError("module-missing", module=module.path.name)
    if os.name == "posix":
        _refuse_exchangeable(module)
    if module.sha256 is None:
        return
    with module.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != module.sha256.lower():
        raise SigningError("module-changed", module=module.path.name)


def _refuse_exchangeable(module: AllowedModule) -> None:
    """Nobody but the administrator may write to the file or to a folder above it.

    With a digest on the list it may also belong to the user whose process loads it, who could load anything anyway.
    """
    owners = {0} if module.sha256 is None else {0, os.geteuid()}
    real = module.path.resolve()
    for place in (real, *real.parents):
        facts = place.stat()
        # In a folder with the sticky bit others can add files, but not exchange one that is not theirs.
        writable = facts.st_mode & 0o022 and not (stat.S_ISDIR(facts.st_mode) and facts.st_mode & stat.S_ISVTX)
        if writable or facts.st_uid not in owners:
            raise SigningError("module-unsafe", module=module.path.name)
