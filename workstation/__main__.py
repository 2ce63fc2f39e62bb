# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua``: opens the desk.

Exit codes: 0 the window was closed, or another one of the same folder came to the front; 2 wrong usage; 3 there is no
screen, or the settings that IT made cannot be read (why is on stderr).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from casework.errors import KnownError
from sync_agent.wire.core_dumps import forbid_core_dumps
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.sentences import describe
from workstation.ui.application import Program, has_screen, run
from workstation.ui.translation import LANGUAGES


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the desk; see the module."""
    parser = argparse.ArgumentParser(prog="motcua", description="Mở quầy làm việc. / Open the desk.")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="thư mục dữ liệu / data folder")
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help="vi")
    options = parser.parse_args(arguments)
    forbid_core_dumps()
    folder = DeskFolder(options.data) if options.data else DeskFolder.of_this_user()
    if not has_screen():
        sys.stderr.write("Không có màn hình để mở cửa sổ. / There is no screen to open a window on.\n")
        return 3
    try:
        settings = DeskSettings.of_this_computer()
    except KnownError as error:
        told = describe(error, options.language)
        sys.stderr.write(f"{told.happened} {told.next_step}\nmotcua: {error}\n")
        return 3
    return run(Program(folder, settings, _usual_modules, options.language))


def _usual_modules() -> Sequence[Path]:
    from workstation.doctor import token_modules  # looks at other things too, which the window does without

    return token_modules(Path("/"))


if __name__ == "__main__":
    sys.exit(main())
