# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of points: CSV, TSV, workbooks and pasted text to sites."""
