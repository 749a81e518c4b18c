# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites as files that other programs read: boundary point TXT, CASS points, CSV, GeoPackage."""
