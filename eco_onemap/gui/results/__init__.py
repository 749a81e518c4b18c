# SPDX-License-Identifier: GPL-2.0-or-later
"""What a check found, as a user reads it in the window."""
