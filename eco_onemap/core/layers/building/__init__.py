# SPDX-License-Identifier: GPL-2.0-or-later
"""From layers that somebody has to a catalogue: guesses with reasons, problems with cures."""
