# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of a PostGIS database to core types, through psycopg2; the same inside and outside QGIS.

Only :mod:`eco_onemap.readers.databases` imports these modules, because psycopg2 is optional.
"""
