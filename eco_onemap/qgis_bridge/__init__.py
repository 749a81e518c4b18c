# SPDX-License-Identifier: GPL-2.0-or-later
"""QGIS's layers, sources, sinks and feedback as the core's plain types, and back."""
