# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports as plain facts, for JSON and for the pipe between the two processes, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from signing.verdicts.verdict import (
    Change,
    ChangeKind,
    DocumentReport,
    Modification,
    Problem,
    Remark,
    Revocation,
    SignatureVerdict,
    TimestampVerdict,
    Verdict,
)


def facts_of(report: DocumentReport) -> dict[str, Any]:
    """Turn a report into what JSON can hold."""
    return {
        "verdict": report.verdict.value,
        "error": report.error,
        "sha256": report.sha256,
        "judged_at": _text(report.judged_at),
        "remarks": [remark.value for remark in report.remarks],
        "signatures": [_signature_facts(one) for one in report.signatures],
        "timestamps": [_timestamp_facts(one) for one in report.timestamps],
    }


def report_of(facts: Mapping[str, Any]) -> DocumentReport:
    """Turn facts back into a report.

    Raises:
        ValueError, KeyError, TypeError: They are not what ``facts_of`` makes.
    """
    return DocumentReport(
        verdict=Verdict(facts["verdict"]),
        error=facts["error"],
        signatures=tuple(_signature(one) for one in facts["signatures"]),
        timestamps=tuple(_timestamp(one) for one in facts["timestamps"]),
        remarks=tuple(map(Remark, facts["remarks"])),
        sha256=facts["sha256"],
        judged_at=_moment(facts["judged_at"]),
    )


def _signature_facts(one: SignatureVerdict) -> dict[str, Any]:
    return {
        "field_name": one.field_name,
        "verdict": one.verdict.value,
        "valid": one.valid,
        "problem": one.problem and one.problem.value,
        "intact": one.intact,
        "trusted": one.trusted,
        "modification": one.modification.value,
        "changes": [
            {"kind": change.kind.value, "name": change.name, "visible": change.visible} for change in one.changes
        ],
        "covers_entire_file": one.covers_entire_file,
        "signer_name": one.signer_name,
        "organisation": one.organisation,
        "certificate_sha256": one.certificate_sha256,
        "claimed_time": _text(one.claimed_time),
        "proven_time": _text(one.proven_time),
        "revoked_since": _text(one.revoked_since),
        "level": one.level,
        "revocation": one.revocation.value,
        "ades": one.ades,
        "remarks": [remark.value for remark in one.remarks],
        "byte_range_digest": one.byte_range_digest,
        "signature_value_sha256": one.signature_value_sha256,
    }


def _signature(facts: Mapping[str, Any]) -> SignatureVerdict:
    return SignatureVerdict(
        field_name=facts["field_name"],
        verdict=Verdict(facts["verdict"]),
        problem=_problem(facts["problem"]),
        intact=facts["intact"],
        trusted=facts["trusted"],
        modification=Modification(facts["modification"]),
        changes=tuple(
            Change(ChangeKind(change["kind"]), change["name"], change["visible"]) for change in facts["changes"]
        ),
        covers_entire_file=facts["covers_entire_file"],
        signer_name=facts["signer_name"],
        organisation=facts["organisation"],
        certificate_sha256=facts["certificate_sha256"],
        claimed_time=_moment(facts["claimed_time"]),
        proven_time=_moment(facts["proven_time"]),
        revoked_since=_moment(facts["revoked_since"]),
        level=facts["level"],
        revocation=Revocation(facts["revocation"]),
        ades=facts["ades"],
        remarks=tuple(map(Remark, facts["remarks"])),
        byte_range_digest=facts["byte_range_digest"],
        signature_value_sha256=facts["signature_value_sha256"],
    )


def _timestamp_facts(one: TimestampVerdict) -> dict[str, Any]:
    return {
        "name": one.name,
        "inside_signature": one.inside_signature,
        "verdict": one.verdict.value,
        "problem": one.problem and one.problem.value,
        "time": _text(one.time),
        "authority": one.authority,
    }


def _timestamp(facts: Mapping[str, Any]) -> TimestampVerdict:
    return TimestampVerdict(
        name=facts["name"],
        inside_signature=facts["inside_signature"],
        verdict=Verdict(facts["verdict"]),
        problem=_problem(facts["problem"]),
        time=_moment(facts["time"]),
        authority=facts["authority"],
    )


def _problem(value: str | None) -> Problem | None:
    return None if value is None else Problem(value)


def _text(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)
