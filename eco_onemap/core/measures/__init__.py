# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites against layers: overlaps, hits, nearest, rings, as arrays."""
