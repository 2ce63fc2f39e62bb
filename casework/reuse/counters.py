# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of digitisation and reuse: the counters of a paper and of a dossier, and their percentages.

The source gives the values of mapi ``TaiLieuNop`` and not their meaning. This table is our reading; it agrees with one
public implementation and is not confirmed:

=====================================  =========  =============  ================  ===============  ==============
how the paper came                     DuocSoHoa  DuocTaiSuDung  DuocLayTuKhoDMQG  MaKetQuaThayThe  ThanhPhanHoSo
=====================================  =========  =============  ================  ===============  ==============
on paper only, or looked up            0          0              0                 empty            0
scanned for this dossier               1          0              0                 empty            1
paper of an earlier dossier            1          1              0                 empty            2
the same, bearing a kind of result     1          2              0                 ``KQ.…``         2
result issued here                     1          2              0                 ``KQ.…``         3
national store                         1          2              1                 ``KQ.…``         3
=====================================  =========  =============  ================  ===============  ==============

``DuocTaiSuDung`` is 2 whenever a kind of result stands in and 1 for any other reuse, so also for a result or a hit of
the store that bears none. A look-up attaches no file; it is told in ``DSKetNoiCSDL``. ``HoSoCoThanhPhanSoHoa`` is 1
when at least one paper has ``DuocSoHoa`` 1.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from casework.figures.share import Share, share_of
from casework.records.kept_paper import AcceptedReuse, ReuseSource


class PaperDigitisation(enum.IntEnum):
    """State of one paper's digitisation; the numbers are those seen in a one-stop system (``ThanhPhanHoSo``)."""

    NOT_DIGITISED = 0
    DIGITISED = 1
    REUSED_PAPER = 2
    REUSED_RESULT = 3


@dataclass(frozen=True, slots=True)
class PaperCounters:
    """What is told to the portal of one paper; see the table above.

    Attributes:
        digitised: ``DuocSoHoa``, 0 or 1.
        reused: ``DuocTaiSuDung``, 0, 1 or 2.
        from_national_store: ``DuocLayTuKhoDMQG``, 0 or 1.
        replacing_result: ``MaKetQuaThayThe``, or empty.
        state: State of its digitisation.
    """

    digitised: int
    reused: int
    from_national_store: int
    replacing_result: str
    state: PaperDigitisation


@dataclass(frozen=True, slots=True)
class DossierCounters:
    """What is told of a dossier.

    Attributes:
        has_digitised_part: ``HoSoCoThanhPhanSoHoa``, 0 or 1.
        digitised: Digitised papers, reused ones included, out of all.
        reused: Reused papers out of all.
    """

    has_digitised_part: int
    digitised: Share
    reused: Share


def paper_counters(is_scanned: bool, reuse: AcceptedReuse | None) -> PaperCounters:
    """Give the counters of a paper; what is reused counts as reused even when somebody scanned it as well."""
    if reuse is None:
        state = PaperDigitisation.DIGITISED if is_scanned else PaperDigitisation.NOT_DIGITISED
        return PaperCounters(int(is_scanned), 0, 0, "", state)
    return PaperCounters(
        digitised=1,
        reused=2 if reuse.result_code else 1,
        from_national_store=int(reuse.source is ReuseSource.NATIONAL_STORE),
        replacing_result=reuse.result_code,
        state=(
            PaperDigitisation.REUSED_PAPER
            if reuse.source is ReuseSource.OWN_DOSSIER
            else PaperDigitisation.REUSED_RESULT
        ),
    )


def dossier_counters(papers: Iterable[PaperCounters]) -> DossierCounters:
    """Add up the counters of a dossier's papers."""
    papers = tuple(papers)
    return DossierCounters(
        has_digitised_part=int(any(paper.digitised for paper in papers)),
        digitised=share_of(paper.digitised == 1 for paper in papers),
        reused=share_of(paper.reused > 0 for paper in papers),
    )
