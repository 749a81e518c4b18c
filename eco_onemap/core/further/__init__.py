# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks beyond layers and rules: rivers, sources, neighbours, candidates."""
