# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin's page among QGIS's options."""
