# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports as the pages of a PDF: blocks → strips → pages → painted by Qt. Needs no window."""
