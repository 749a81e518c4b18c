# SPDX-License-Identifier: GPL-2.0-or-later
"""Verifying reports in the window."""
