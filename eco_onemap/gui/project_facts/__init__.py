# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known of the project: the form that asks only what the active rules use."""
