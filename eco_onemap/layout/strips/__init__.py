# SPDX-License-Identifier: GPL-2.0-or-later
"""Strip maps of line projects: the line cut into sheets along its chainage (里程桩号)."""
