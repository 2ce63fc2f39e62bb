# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin catalogue``: publish a catalogue or local decisions, compare, install; without a network."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from casework.catalogue import Catalogue, shipped_pack
from casework.catalogue_changes import Change, changes_between
from casework.errors import KnownError
from casework.local_decisions import LocalDecisions, lengthened
from casework.publications import LARGEST, PublicationKind, publish
from localdb import durable_file
from workstation.admin.command import DONE, Command, Subcommands, add_group, add_leaf, day_and_time, now
from workstation.desk import publisher_keys
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.install_rules import install_rules, installed_rules
from workstation.desk.password_rule import require_good_password
from workstation.desk.publish_catalogue import beginning_on

SHIPPED = "shipped"
"""Names the catalogue of this program where a file is asked for."""


def add_commands(commands: Subcommands[argparse.ArgumentParser]) -> None:
    """Add the group to the command line."""
    group = add_group(commands, "catalogue", "danh mục thủ tục / the catalogue of procedures")
    add_leaf(group, "list", _list, "danh mục và quyết định đã cài ở quầy này / what was installed at this desk")
    install = add_leaf(
        group,
        "install",
        _install,
        "cài tệp tỉnh đã ký; có hiệu lực từ lần đăng nhập sau / install a published file; counts from the next sign-in",
    )
    install.add_argument("file", type=Path, metavar="FILE", help="tệp tỉnh gửi / what the province handed out")
    compare = add_leaf(group, "diff", _diff, "so sánh hai danh mục / compare two catalogues", signs_in=False)
    for name in ("before", "after"):
        compare.add_argument(name, metavar=name.upper(), help=f"PACK.json.gz, {SHIPPED} = của chương trình / ours")
    _add_publishing(group)


def _add_publishing(group: Subcommands[argparse.ArgumentParser]) -> None:
    new = add_leaf(
        group,
        "publisher-new",
        _publisher_new,
        "tạo khóa phát hành của tỉnh; hỏi câu mật khẩu / make the province's publishing key; asks for a passphrase",
        signs_in=False,
    )
    new.add_argument("private", type=Path, metavar="PRIVATE", help="cất ngoài máy / keep it off every PC")
    new.add_argument("public", type=Path, metavar="PUBLIC", help="cho mọi quầy / for every desk")
    catalogue = add_leaf(
        group, "publish", _publish, "ký một danh mục để phát hành / sign a catalogue for the desks", signs_in=False
    )
    catalogue.add_argument("pack", metavar="PACK", help=f"PACK.json.gz, {SHIPPED} = của chương trình / ours")
    catalogue.add_argument(
        "--from", dest="begins", required=True, metavar="YYYY-MM-DD", help="ngày có hiệu lực / first day in force"
    )
    decisions = add_leaf(
        group,
        "publish-decisions",
        _publish_decisions,
        "ký các quyết định của tỉnh (rút ngắn thời gian, phí, lệ phí) / sign local decisions (shorter times, fees)",
        signs_in=False,
    )
    decisions.add_argument("decisions", type=Path, metavar="DECISIONS.json", help="docs/administration.md")
    for leaf in (catalogue, decisions):
        leaf.add_argument("out", type=Path, metavar="OUT", help="tệp mới / a file that is not there yet")
        leaf.add_argument("--key", type=Path, required=True, metavar="PRIVATE", help="khóa phát hành / publishing key")


def _list(command: Command) -> int:
    with command.session() as session:
        versions = installed_rules(session)
        in_force = session.catalogue.version
    facts = [
        {
            "version": version.version,
            "content_hash": version.content_hash,
            "procedures": version.procedure_count,
            "installed_at": version.installed_at.isoformat() if version.installed_at else None,
        }
        for version in versions
    ]
    lines = [f"đang dùng / in force: {in_force}"]
    lines += [
        f"{version.version}\t{version.procedure_count}\t{day_and_time(version.installed_at)}"
        for version in versions
        if version.installed_at
    ]
    command.answer({"in_force": in_force, "installed": facts}, lines)
    return DONE


def _install(command: Command) -> int:
    command.require_file(command.options.file)
    with durable_file.explained(), command.options.file.open("rb") as file:
        data = file.read(LARGEST + 1)
    publishers = DeskSettings.of_this_computer().read_publisher_keys()
    with command.session() as session:
        installed = install_rules(session, data, publishers)
    facts = {
        "version": installed.version,
        "kind": installed.publication.kind.value,
        "publisher": installed.publication.publisher,
        "issued_at": installed.publication.issued_at.isoformat(),
        "is_new": installed.is_new,
        "changes": len(installed.changes),
        "unknown_codes": list(installed.unknown_codes),
        "too_long": list(installed.too_long),
    }
    command.answer(facts, [f"{name}\t{value}" for name, value in facts.items()])
    return DONE


def _diff(command: Command) -> int:
    changes = changes_between(_catalogue(command, command.options.before), _catalogue(command, command.options.after))
    command.answer({"changes": [dataclasses.asdict(change) for change in changes]}, _change_lines(changes))
    return DONE


def _publisher_new(command: Command) -> int:
    private, public = command.options.private, command.options.public
    command.require_new_file(private)
    command.require_new_file(public)
    passphrase = command.ask_new_secret("Câu mật khẩu / Passphrase: ")
    require_good_password(passphrase)
    number = publisher_keys.make(private, public, passphrase)
    command.answer({"number": number, "private": str(private), "public": str(public)}, [f"{number}\t{public}"])
    return DONE


def _publish(command: Command) -> int:
    command.require_new_file(command.options.out)
    try:
        begins = dt.date.fromisoformat(command.options.begins)
    except ValueError:
        raise KnownError("day-unreadable", day=command.options.begins[:20]) from None
    body = beginning_on(begins, _pack(command, command.options.pack))
    catalogue = Catalogue.from_bytes(body)
    _write(command, PublicationKind.CATALOGUE, body)
    facts = {"version": catalogue.version, "procedures": len(catalogue.codes), "file": str(command.options.out)}
    command.answer(facts, [f"{catalogue.version}\t{len(catalogue.codes)}\t{command.options.out}"])
    return DONE


def _publish_decisions(command: Command) -> int:
    command.require_new_file(command.options.out)
    command.require_file(command.options.decisions)
    with durable_file.explained():
        body = command.options.decisions.read_bytes()
    decisions = LocalDecisions.from_bytes(body)
    if not decisions.decisions:
        raise KnownError("decisions-empty")
    shipped = Catalogue.shipped()
    codes = sorted({code for decision in decisions.decisions for code in decision.codes})
    unknown = [code for code in codes if code not in shipped.codes]
    too_long = [code for code in codes if code not in unknown and lengthened(decisions, shipped.get(code))]
    _write(command, PublicationKind.DECISIONS, body)
    facts = {"version": decisions.version, "unknown_codes": unknown, "too_long": too_long}
    command.answer(facts, [f"{name}\t{value}" for name, value in facts.items()])
    return DONE


def _write(command: Command, kind: PublicationKind, body: bytes) -> None:
    command.require_file(command.options.key)
    key = publisher_keys.read_private(command.options.key, command.ask_secret("Câu mật khẩu / Passphrase: "))
    number = publisher_keys.number(key.public_key())
    with durable_file.replacing(command.options.out) as file:
        file.write(publish(kind, body, publisher=number, issued_at=now(), sign=key.sign))
    command.options.out.chmod(0o644)


def _catalogue(command: Command, name: str) -> Catalogue:
    return Catalogue.shipped() if name == SHIPPED else Catalogue.from_bytes(_pack(command, name))


def _pack(command: Command, name: str) -> bytes:
    if name == SHIPPED:
        return shipped_pack()
    command.require_file(Path(name))
    with durable_file.explained():
        return Path(name).read_bytes()


def _change_lines(changes: Sequence[Change]) -> list[str]:
    return [
        f"{change.code}\t{change.kind.value}\t{change.what}\t{change.before}\t→\t{change.after}" for change in changes
    ] or ["không khác / no difference"]
