# SPDX-License-Identifier: GPL-3.0-or-later
"""Put together what a page tore apart, and take apart what it put together.

One sentence may stand over several lines with its counts in the columns: "… quy định (01 bản chính hoặc 01 bản sao có
chứng thực) (khoản 2 Điều 27)" became the sentence up to the bracket with 1 original, "hoặc" with 1 copy, and "có chứng
thực) (khoản 2 Điều 27)". And one line may hold several papers, each behind a dash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from casework.text import clean, fold

_CONTINUATIONS: Final = (")", "có chứng thực)", "có chứng thực hoặc", "kèm bản chính để đối chiếu)")
_NEXT_PAPER: Final = re.compile(r"\s*[.;] - (?=(?:Biên bản|Dự án|Dự toán)\b)")


def papers_named(name: str) -> list[str]:
    """Give the papers of a line that holds several, each behind a dash: "Đơn …. - Biên bản …. - Dự án …"."""
    return _NEXT_PAPER.split(name)


def mended(papers: Sequence[Mapping[str, object]]) -> list[Mapping[str, object] | None]:
    """Give the lines of a page with their fragments put together; None stands where a fragment was.

    The positions stay those of the page.
    """
    whole: list[Mapping[str, object] | None] = []
    torn = -1
    for position, paper in enumerate(papers):
        name = clean(str(paper["name"]))
        before = whole[torn] if torn >= 0 else None
        if before is not None and _is_fragment(name) and before.get("group") == paper.get("group"):
            whole[torn] = _joined(before, paper, name)
            whole.append(None)
        else:
            torn = -1
            whole.append(paper)
        if name.endswith("("):
            torn = position if torn < 0 else torn
    return whole


def _is_fragment(name: str) -> bool:
    return fold(name) == "hoac" or name.startswith(_CONTINUATIONS)


def _joined(before: Mapping[str, object], paper: Mapping[str, object], name: str) -> Mapping[str, object]:
    text = clean(str(before["name"]))
    if text.endswith("("):
        text = f"{text}{_count(before, 'originals')} bản chính"
    if fold(name) == "hoac":
        return {**before, "name": f"{text} hoặc {_count(paper, 'copies')} bản sao", "copies": paper.get("copies")}
    if name.startswith("kèm"):
        text = f"{text} {_count(paper, 'copies')} bản sao"
    text = f"{text}{'' if name.startswith(')') else ' '}{name}"
    return {**before, "name": text, "form_file": before.get("form_file") or paper.get("form_file")}


def _count(paper: Mapping[str, object], column: str) -> str:
    count = paper.get(column)
    return f"{count if isinstance(count, int) else 0:02}"
