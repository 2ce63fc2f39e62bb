# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua token``, ``sign``, ``verify`` and ``trust``: signing for IT and for scripts.

Exit codes:

- 0: done; for ``verify``: every file is signed and every signature is valid
- 1: ``verify``: at least one signature is invalid
- 2: wrong use of the command line
- 3: something went wrong; its code is on stderr, or in the JSON
- 4: ``verify``: at least one file has no signature, and nothing worse
- 5: ``verify``: of at least one signature nobody can tell, and nothing worse

A PIN is asked for at the terminal or read from stdin (``--pin-stdin``, one line), never taken from the command line,
where every user of the machine could read it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Final

from signing.command_sign import add_sign, add_token
from signing.errors import SigningError

FAILED: Final = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        return code
    except SigningError as error:
        return _fail(options, error)
    except OSError as error:
        return _fail(options, SigningError("file-error", reason=error.strerror or type(error).__name__))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua", description="Sign PDFs with a token, and verify signatures.")
    commands = parser.add_subparsers(required=True, metavar="token | sign | verify | trust")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="write one JSON object to stdout")
    add_token(commands, common)
    add_sign(commands, common)

    from signing.command_verify import add_trust, add_verify  # the desk starts without it

    add_verify(commands, common)
    add_trust(commands, common)
    return parser


def _fail(options: argparse.Namespace, error: SigningError) -> int:
    if options.json:
        facts = {"error": {"code": error.code, "retryable": error.retryable, "details": dict(error.details)}}
        sys.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
    sys.stderr.write(f"motcua: {error}\n")
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
