# SPDX-License-Identifier: GPL-2.0-or-later
"""Printed risk maps: describe (pure) → place (pure, millimetres) → build (QGIS layout) → export."""
