# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua bench AREA``: measure an area against a peer or a limit, in one run."""
