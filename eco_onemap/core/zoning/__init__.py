# SPDX-License-Identifier: GPL-2.0-or-later
"""三线一单 / 生态环境分区管控: control units, element zones and the clauses of access lists."""
