# SPDX-License-Identifier: GPL-3.0-or-later
"""Which computer this is: what the operating system calls it, kept only as a keyed hash.

It tells a copied folder from the one that was copied. Computers that were set up from one image without being given
an identity of their own look the same; two of them are told apart by the gateway, from what they send.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import sys
from pathlib import Path

_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))  # machine-id(5)
_IDENTITY = re.compile(rb"[0-9a-f]{32}\Z")
_REGISTRY_KEY = r"SOFTWARE\Microsoft\Cryptography"
_PURPOSE = b"motcua/machine/1\0"


def this_machine() -> bytes | None:
    """Give the identity of this computer, or None where there is none; it is to be kept only as a fingerprint."""
    if sys.platform == "win32":
        import winreg  # not elsewhere

        try:
            access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _REGISTRY_KEY, access=access) as key:
                value, _ = winreg.QueryValueEx(key, "MachineGuid")
        except OSError:
            return None
        return str(value).strip().lower().encode() or None
    for path in _FILES:
        try:
            identity = path.read_bytes().strip()
        except OSError:
            continue
        if _IDENTITY.match(identity):
            return identity
    return None


def fingerprint(key: bytes, machine: bytes) -> bytes:
    """Give the 32 bytes by which a machine is known to whoever has the key.

    Args:
        key: A random key of the one who wants to know it again, 32 bytes.
        machine: From ``this_machine``.
    """
    return hmac.digest(key, _PURPOSE + machine, hashlib.sha256)
