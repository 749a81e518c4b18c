# SPDX-License-Identifier: GPL-2.0-or-later
"""The checks that a project has had, and what differs between two of them."""
