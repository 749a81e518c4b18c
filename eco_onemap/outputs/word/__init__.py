# SPDX-License-Identifier: GPL-2.0-or-later
"""The parts of a Word document; python-docx is imported here, and only for who writes one."""
