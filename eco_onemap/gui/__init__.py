# SPDX-License-Identifier: GPL-2.0-or-later
"""What the plugin shows in a QGIS window: actions, panels, dialogs and map tools."""
