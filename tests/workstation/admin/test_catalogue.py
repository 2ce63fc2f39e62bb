# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin catalogue``, as IT of the province and at a desk use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casework.catalogue import Catalogue
from tests.workstation.admin.conftest import Desk
from workstation.desk import desk_settings

PASSPHRASE = "câu mật khẩu của tỉnh"


@pytest.fixture
def keys(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The province's publishing key, which the desk's computer trusts."""
    private, public = tmp_path / "publisher.private", tmp_path / "publisher.public"
    made = desk.run(
        "catalogue", "publisher-new", str(private), str(public), "--password-stdin", "--json", asked=(PASSPHRASE,)
    )
    assert made.code == 0
    etc = tmp_path / "etc" / "motcua"
    etc.mkdir(parents=True)
    (etc / desk_settings.FILE_NAME).write_text(json.dumps({"publisher_public_keys": [str(public)]}))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(etc.parent))
    return private


def decisions(path: Path, **what: object) -> Path:
    row = {"decision": "NQ 23/2026/NQ-HĐND", "codes": ["1.004222"], "effective_from": "2026-08-08", **what}
    path.write_text(json.dumps({"format": 1, "decisions": [row]}), encoding="utf-8")
    return path


def test_decisions_go_from_the_province_to_the_desk(desk: Desk, keys: Path, tmp_path: Path) -> None:
    source, out = decisions(tmp_path / "decisions.json", fee_amount=0), tmp_path / "decisions.motcua"
    published = desk.run(
        *("catalogue", "publish-decisions", str(source), str(out), "--key", str(keys), "--password-stdin", "--json"),
        asked=(PASSPHRASE,),
    )
    assert (published.code, published.facts["unknown_codes"], published.facts["too_long"]) == (0, [], [])
    installed = desk.administer("catalogue", "install", str(out))
    assert (installed.code, installed.facts["kind"], installed.facts["is_new"]) == (0, "decisions", True)
    listed = desk.administer("catalogue", "list").facts
    shipped = Catalogue.shipped().version
    assert listed["in_force"] == f"{shipped}+{published.facts['version']}"
    assert {row["version"] for row in listed["installed"]} == {shipped, f"decisions-{published.facts['version']}"}


def test_a_catalogue_goes_from_the_province_to_the_desk(desk: Desk, keys: Path, tmp_path: Path) -> None:
    out = tmp_path / "catalogue.motcua"
    command = ("catalogue", "publish", "shipped", str(out), "--from", "2026-11-01", "--key", str(keys))
    published = desk.run(*command, "--password-stdin", "--json", asked=(PASSPHRASE,))
    assert published.code == 0
    assert published.facts["version"].startswith("2026-11-01.")
    installed = desk.administer("catalogue", "install", str(out)).facts
    assert (installed["version"], installed["changes"]) == (published.facts["version"], 0)
    again = desk.run(*command, "--password-stdin", "--json", asked=(PASSPHRASE,))
    assert (again.code, again.facts["error"]["code"]) == (1, "file-exists")


def test_what_it_should_know_is_said_when_decisions_are_published(desk: Desk, keys: Path, tmp_path: Path) -> None:
    source = decisions(tmp_path / "d.json", codes=["1.004222", "9.9"], time_limit={"amount": 99, "unit": "working-day"})
    published = desk.run(
        *("catalogue", "publish-decisions", str(source), str(tmp_path / "out"), "--key", str(keys)),
        *("--password-stdin", "--json"),
        asked=(PASSPHRASE,),
    )
    assert (published.facts["unknown_codes"], published.facts["too_long"]) == (["9.9"], ["1.004222"])


@pytest.mark.parametrize(
    ("begins", "passphrase", "code"),
    [("1/11/2026", PASSPHRASE, "day-unreadable"), ("2026-11-01", "sai", "publisher-passphrase-wrong")],
)
def test_a_wrong_day_or_passphrase_leaves_no_file(
    desk: Desk, keys: Path, tmp_path: Path, begins: str, passphrase: str, code: str
) -> None:
    out = tmp_path / "out"
    refused = desk.run(
        *("catalogue", "publish", "shipped", str(out), "--from", begins, "--key", str(keys)),
        *("--password-stdin", "--json"),
        asked=(passphrase,),
    )
    assert (refused.code, refused.facts["error"]["code"], out.exists()) == (1, code, False)


def test_catalogues_are_compared(desk: Desk, tmp_path: Path) -> None:
    assert desk.run("catalogue", "diff", "shipped", "shipped", "--json").facts == {"changes": []}
    broken = tmp_path / "broken.json.gz"
    broken.write_bytes(b"broken")
    refused = desk.run("catalogue", "diff", "shipped", str(broken), "--json")
    assert (refused.code, refused.facts["error"]["code"]) == (1, "catalogue-unreadable")
    assert desk.run("catalogue", "diff", "shipped", str(tmp_path / "none"), "--json").code == 3


def test_a_desk_that_trusts_nobody_installs_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "nothing"))
    file = tmp_path / "file"
    file.write_bytes(b"{}")
    refused = desk.administer("catalogue", "install", str(file))
    assert (refused.code, refused.facts["error"]["code"]) == (1, "no-publisher-trusted")
