# SPDX-License-Identifier: GPL-2.0-or-later
"""Ways to write the tables of a result to a GeoPackage, one module each.

Every module has a ``write(path, tables, clock)``; ``writing.child`` runs it in a process of its
own. The package imports none of them: each needs other packages.
"""
