# SPDX-License-Identifier: GPL-3.0-or-later
"""The layouts of all classes, gathered from the fields of law."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scanning.classify.paper_class import PaperClass
from scanning.extract.layout import Layout
from scanning.extract.layouts_civil import CIVIL_LAYOUTS
from scanning.extract.layouts_declarations import DECLARATION_LAYOUTS
from scanning.extract.layouts_land import LAND_LAYOUTS
from scanning.extract.layouts_office import OFFICE_LAYOUTS

LAYOUTS: Final[Mapping[PaperClass, Layout]] = MappingProxyType(
    {**CIVIL_LAYOUTS, **DECLARATION_LAYOUTS, **LAND_LAYOUTS, **OFFICE_LAYOUTS}
)
"""Classes that are not here have no fields."""
