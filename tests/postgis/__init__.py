# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers and sites from a PostGIS server that the tests start themselves."""
