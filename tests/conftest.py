# SPDX-License-Identifier: GPL-2.0-or-later
"""What all tests share."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# How fast examples are made and checked says more of the machine than of the code.
settings.register_profile("eco_onemap", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("eco_onemap")
