# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the fictional coastal city of Haiwan (海湾市): every place, name and number is invented."""
