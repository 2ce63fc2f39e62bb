# SPDX-License-Identifier: GPL-3.0-or-later
"""Every test, the long ones too, one file a slice; what is green for these sources is not run again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import platform
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

LIMIT_SECONDS = 600
ROOT = Path(__file__).parent.parent
VERIFICATION = ROOT / "docs" / "verification"


@dataclass(frozen=True)
class Slice:
    """Result of one test file.

    Attributes:
        file: Path from the root.
        outcome: ``passed``, ``failed`` or ``timeout``.
        tests: Number of tests that ran.
        skipped: Number of tests that did not.
        seconds: Wall time.
    """

    file: str
    outcome: str
    tests: int
    skipped: int
    seconds: float


def _git(*arguments: str) -> str:
    command = ["git", "-c", f"safe.directory={ROOT}", "-c", "core.quotePath=false", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def sources() -> str:
    """Name the tested sources by their digest, results left out; "uncommitted" when there are other changes."""
    if _git("status", "--porcelain", "--", ".", ":!docs/verification"):
        return "uncommitted"
    tree = [line for line in _git("ls-tree", "-r", "HEAD").splitlines() if "\tdocs/verification/" not in line]
    return hashlib.sha256("\n".join(tree).encode()).hexdigest()[:16]


def run(file: str) -> Slice:
    """Run one test file with its long tests."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "--full", "-q", f"--junit-xml={report}", file]
        start = time.monotonic()
        try:
            status = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, timeout=LIMIT_SECONDS).returncode
            outcome = "failed" if status else "passed"
        except subprocess.TimeoutExpired:
            outcome = "timeout"
        seconds = round(time.monotonic() - start, 1)
        suite = ET.parse(report).find("testsuite") if report.exists() else None  # noqa: S314  # pytest's own
    counts = suite.attrib if suite is not None else {}
    skipped = int(counts.get("skipped", 0))
    return Slice(file, outcome, int(counts.get("tests", 0)) - skipped, skipped, seconds)


def _write(name: str, slices: dict[str, Slice]) -> None:
    commit = _git("rev-parse", "HEAD").strip()
    rows = [slices[file] for file in sorted(slices)]
    facts = {
        "sources": name,
        "commit": commit,
        "finished": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "slices": [asdict(row) for row in rows],
    }
    lines = [
        "# All tests, the long ones too",
        "",
        f"Commit `{commit[:12]}` (sources `{name}`), {facts['machine']}, {facts['finished']}.",
        "",
        "| test file | outcome | tests | skipped | seconds |",
        "|---|---|---:|---:|---:|",
        *(f"| {row.file} | {row.outcome} | {row.tests} | {row.skipped} | {row.seconds} |" for row in rows),
        "",
    ]
    VERIFICATION.mkdir(parents=True, exist_ok=True)
    (VERIFICATION / "full.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    (VERIFICATION / "full.md").write_text("\n".join(lines), encoding="utf-8")


def _green_before(name: str) -> dict[str, Slice]:
    results = VERIFICATION / "full.json"
    if name == "uncommitted" or not results.exists():
        return {}
    facts = json.loads(results.read_text(encoding="utf-8"))
    if facts["sources"] != name:
        return {}
    slices = [Slice(**fields) for fields in facts["slices"]]
    return {row.file: row for row in slices if row.outcome == "passed"}


def main() -> int:
    """Run what is not green yet and keep the results after each slice, so that it can be stopped and gone on with."""
    name = sources()
    slices = _green_before(name)
    files = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py"))
    for file in files:
        if file not in slices:
            slices[file] = run(file)
            _write(name, slices)
    bad = [row for row in slices.values() if row.outcome != "passed"]
    for row in bad:
        sys.stdout.write(f"{row.outcome}: {row.file}\n")
    sys.stdout.write(f"{len(slices) - len(bad)} of {len(slices)} test files passed; see docs/verification/full.md\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
