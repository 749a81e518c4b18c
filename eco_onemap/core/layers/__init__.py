# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue and its layers: described, loaded, cut, covered, classified."""
