# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether a report is as it was made, and holds with the present data; for all doors."""
