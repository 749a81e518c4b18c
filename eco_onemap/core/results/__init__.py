# SPDX-License-Identifier: GPL-2.0-or-later
"""What a check hands out: the Assessment, its tables, its words."""
