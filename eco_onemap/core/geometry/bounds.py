# SPDX-License-Identifier: GPL-2.0-or-later
"""The rectangle that geometries, maps and questions to a database lie in."""

from __future__ import annotations

Bounds = tuple[float, float, float, float]
"""West, south, east, north (or x and y minimum and maximum) in the units of a named CRS."""
