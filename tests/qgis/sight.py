# SPDX-License-Identifier: GPL-2.0-or-later
"""How colours look in grey and to colour-blind people, and how far apart two of them then are.

Colours are arrays whose last axis is sRGB in 0..1.

Deuteranopia and protanopia: the matrices for severity 1.0 of Machado, Oliveira and Fernandes, "A
Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009,
table 1; they act on linear RGB. Grey keeps the luminance (ITU-R BT.709). Distances are CIE 1976
ΔE*ab under D65; about 2.3 is just noticeable side by side (Mahy et al., 1994).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Colour = NDArray[np.float64]

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
VISIONS: dict[str, Colour] = {
    "full colour": np.eye(3),
    "greyscale": np.tile(LUMINANCE, (3, 1)),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
"""Linear sRGB to CIE XYZ, D65 (IEC 61966-2-1)."""


def linear(colour: Colour) -> Colour:
    """Return linear RGB of sRGB."""
    low = colour / 12.92
    return np.where(colour <= 0.04045, low, ((colour + 0.055) / 1.055) ** 2.4)


def companded(colour: Colour) -> Colour:
    """Return sRGB of linear RGB, cut to what a screen can show."""
    held = np.clip(colour, 0.0, 1.0)
    return np.where(held <= 0.0031308, held * 12.92, 1.055 * held ** (1 / 2.4) - 0.055)


def seen(colour: Colour, vision: str) -> Colour:
    """Return what stands for a colour in another way of seeing."""
    return companded(linear(colour) @ VISIONS[vision].T)


def lab(colour: Colour) -> Colour:
    """Return CIE L*a*b* under D65."""
    white = TO_XYZ.sum(axis=1)
    share = linear(colour) @ TO_XYZ.T / white
    root = np.where(share > (6 / 29) ** 3, np.cbrt(share), share / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = np.moveaxis(root, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def apart(one: Colour, other: Colour, vision: str) -> float:
    """Return how far apart two colours are in a way of seeing, as ΔE*ab."""
    return float(np.linalg.norm(lab(seen(one, vision)) - lab(seen(other, vision))))


def over(above: Colour, alpha: float, below: Colour) -> Colour:
    """Return a colour of some opacity painted over another one, as screens mix them."""
    return alpha * above + (1.0 - alpha) * below
