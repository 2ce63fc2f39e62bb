# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import os
import scanning.imaging._cv as door
print(sorted(name for name in os.environ if name.startswith("QT_QPA_P") or name == "QT_QPA_FONTDIR"))
print(door.cv2.getNumThreads(), os.environ["OPENCV_OPENCL_RUNTIME"])
"""


def test_opencv_comes_in_on_one_thread_and_leaves_nothing_for_qt() -> None:
    environment = {"QT_QPA_PLATFORM": ""}
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.splitlines() == ["['QT_QPA_PLATFORM']", "1 disabled"]
