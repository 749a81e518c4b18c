# SPDX-License-Identifier: GPL-2.0-or-later
"""The siting check in the window (选址检查): where sites come from, the task, the map."""
