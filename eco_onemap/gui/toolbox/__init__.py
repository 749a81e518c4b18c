# SPDX-License-Identifier: GPL-2.0-or-later
"""What the dialogs of the toolbox show that QGIS's own widgets do not."""
