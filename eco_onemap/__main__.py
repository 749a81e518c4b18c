# SPDX-License-Identifier: GPL-2.0-or-later
"""``python -m eco_onemap`` is the command line."""

import sys

from eco_onemap.cli.main import run

sys.exit(run())
