# SPDX-License-Identifier: GPL-2.0-or-later
"""The Processing provider ``ecoonemap``: the plugin's public programming interface."""
