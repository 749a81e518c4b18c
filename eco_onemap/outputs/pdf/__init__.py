# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports as PDF: what is the same whoever lays the pages out, QGIS or LibreOffice."""
