# SPDX-License-Identifier: GPL-2.0-or-later
"""Assessments on their way out: GeoPackage, CSV, and reports made of plain blocks."""
