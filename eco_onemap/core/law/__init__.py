# SPDX-License-Identifier: GPL-2.0-or-later
"""Rule packs, their conditions and bases, the findings and verdicts they give."""
