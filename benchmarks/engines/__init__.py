# SPDX-License-Identifier: GPL-2.0-or-later
"""The engines that the check is measured against, one module each.

Every module has a ``run(sites, features, clock)`` that returns what sites and features share, or
the areas themselves where the engine gives nothing else; ``engines.running`` runs it in a process
of its own. The package imports none of them: each needs other packages.
"""
