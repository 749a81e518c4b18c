# SPDX-License-Identifier: GPL-2.0-or-later
"""The parts of a workbook; openpyxl is imported here, and only for who writes one."""
