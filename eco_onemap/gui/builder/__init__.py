# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue builder: from layers open in the project to a catalogue, and back into it."""
