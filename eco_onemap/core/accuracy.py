# SPDX-License-Identifier: GPL-2.0-or-later
"""How far a measured distance may be wrong, and how far a check must look because of it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from eco_onemap.core.catalogue import LayerEntry
from eco_onemap.core.options import Options

ADMIN_ROLE = "admin"


def combined_error_m(entry: LayerEntry, options: Options) -> float:
    """Return the combined positional error in metres of a distance between a site and a layer.

    The errors of layer, survey and transformation are independent, so their squares add up (law
    of error propagation). A layer that states no accuracy adds nothing: its error is not known.
    """
    return math.hypot(entry.accuracy_m, options.site_accuracy_m, options.transformation_m)


def search_reach_m(reaches_m: Sequence[float], entry: LayerEntry, options: Options) -> float:
    """Return how far around a site features of a layer are looked for.

    As far as rules ask and a touch reaches, and the error beyond; to neighbouring divisions as
    far as they are to be consulted.
    """
    error = combined_error_m(entry, options)
    consult = options.consult_m if entry.role == ADMIN_ROLE else 0.0
    return max(*reaches_m, options.tolerances.touch_m, consult, 0.0) + error
