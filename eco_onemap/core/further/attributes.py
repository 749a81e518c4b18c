# SPDX-License-Identifier: GPL-2.0-or-later
"""Attributes of features as the further checks read them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import text_column
from eco_onemap.core.law.conditions import plain_text
from eco_onemap.core.measures.measurement import Features


def attribute_texts(features: Features, name: str) -> NDArray[np.object_]:
    """Return an attribute as plain texts, "" where a layer or a feature has none, shape (n,)."""
    given = features.attributes.get(name)
    if given is None:
        return np.full(len(features), "", dtype=object)
    return text_column(map(plain_text, given.tolist()))
