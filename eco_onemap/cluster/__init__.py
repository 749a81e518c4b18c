# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks on several machines: blocks of sites on the workers of a Dask cluster."""
