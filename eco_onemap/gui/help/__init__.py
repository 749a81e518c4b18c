# SPDX-License-Identifier: GPL-2.0-or-later
"""The guide that comes along, the health check, and who made what."""
