# SPDX-License-Identifier: GPL-2.0-or-later
"""Project sites: from what a file holds to a checked SiteSet."""
