# SPDX-License-Identifier: GPL-2.0-or-later
"""Coordinates, areas and distances on the ellipsoid, and the shapes that measuring is made of."""
