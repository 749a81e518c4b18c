# SPDX-License-Identifier: GPL-2.0-or-later
"""The one map in the layer tree: opened from its catalogue, grouped by theme, gaps in place."""
