# SPDX-License-Identifier: GPL-2.0-or-later
"""The subjects that national law has for siting, written down by hand from the domain report.

A row: subject, the pack's rules, the worst verdict, present articles, repealed articles, and the
confidence that the report gives (V compared with the text, K from knowledge). Not in the table
because no rule can say them: Z3 (no unit at the site is missing data, told by the check) and the
refusal of an impact assessment (法典 105), which follows from any prohibition.
"""

from __future__ import annotations

from dataclasses import dataclass

CODE = "生态环境法典"
WATER, SOIL, WASTE = "水污染防治法", "土壤污染防治法", "固体废物污染环境防治法"
SEA, AIR, ENVIRONMENT = "海洋环境保护法", "大气污染防治法", "环境保护法"
COAST = "防治海岸工程建设项目污染损害海洋环境管理条例"
ROADS, RAILWAYS = "公路安全保护条例", "铁路安全管理条例"


@dataclass(frozen=True)
class Row:
    subject: str
    rules: tuple[str, ...]
    verdict: str
    now: frozenset[tuple[str, str]]
    old: frozenset[tuple[str, str]]
    mark: str


def row(subject, rules, verdict, now, old="", mark="V"):
    """*now*, *old*: articles as ``LAW 1 2`` separated by commas; a bare number is the Code's."""
    return Row(subject, tuple(rules.split()), verdict, articles(now), articles(old), mark)


def articles(text):
    found = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        law, *numbers = part.split(" ") if not part[0].isdigit() else (CODE, *part.split(" "))
        found |= {(law, number) for number in numbers or [""]}
    return frozenset(found)


TABLE = (
    row("W1", "W1", "prohibited", "319", f"{WATER} 65"),
    row("W2", "W2", "prohibited", "320", f"{WATER} 66"),
    row("W2b", "W2b", "restricted", "320", f"{WATER} 66"),
    row("W3", "W3 W3r", "prohibited", "321", f"{WATER} 67"),
    row("W3b", "W3b", "restricted", "321", f"{WATER} 67"),
    row("W4", "W4", "prohibited", "318 1109", f"{WATER} 64"),
    row("W5", "W5", "study", "", mark="K"),
    row("W6", "W6", "prohibited", "286, 地下水管理条例 42"),
    row("W7", "W7 W7b", "prohibited", "329", f"{WATER} 75"),
    row("R1", "R1", "prohibited", "60", f"{ENVIRONMENT} 29"),
    row("R2", "R2", "prohibited", "60", f"{ENVIRONMENT} 29"),
    row("R3", "R3", "restricted", "", mark="K"),
    row("R4", "R4", "restricted", "", mark="K"),
    row("R5", "R5", "prohibited", "481 1171 1179", f"{WASTE} 21"),
    row("R6", "R6", "prohibited", "349", f"{SEA} 48"),
    row("R7", "R7", "study", "", mark="K"),
    row("S1", "S1", "prohibited", "456", f"{SOIL} 61"),
    row("S2", "S2", "prohibited", "461", f"{SOIL} 66"),
    row("S3", "S3", "study", "461", mark="K"),
    row("S4", "S4 S4t", "restricted", "454 462", f"{SOIL} 59 67"),
    row("S5", "S5", "study", "427", f"{SOIL} 32"),
    row("F1", "F1 F1b", "prohibited", "766, 土地管理法 35, 基本农田保护条例 15 17"),
    row("F2", "F2", "prohibited", "445", f"{SOIL} 50"),
    row("F3", "F3", "study", "448 449 450 451"),
    row("N1", "N1", "prohibited", "国家公园法, 自然保护区条例（国务院令第830号）", mark="K"),
    row("N2", "N2 N2p", "restricted", "861, 自然保护区条例（国务院令第830号）"),
    row("N3", "N3", "study", "", mark="K"),
    row("N4", "N4 N4b N4c", "prohibited", "风景名胜区条例 26 27 28"),
    row("N5", "N5 N5b", "prohibited", "728, 湿地保护法 19"),
    row("N6", "N6", "restricted", "湿地保护法 19"),
    row("N7", "N7 N7b", "prohibited", "731, 湿地保护法 34"),
    row("N8", "N8", "restricted", "森林法 37"),
    row("N9", "N9", "restricted", "816"),
    row("C1", "C1 C1r", "prohibited", "739 1217", f"{SEA} 39"),
    row("C2", "C2", "restricted", "739", f"{SEA} 39"),
    row("C3", "C3 C3b", "prohibited", "近岸海域环境功能区管理办法", mark="K"),
    row("C4", "C4 C4b", "prohibited", "349", f"{SEA} 48"),
    row("C5", "C5 C5r", "prohibited", f"362, {COAST} 10", f"{SEA} 61"),
    row("C6", "C6", "prohibited", "806", mark="K"),
    row("C7", "C7 C7b", "prohibited", "343", f"{SEA} 44"),
    row("C8", "C8", "study", "363", f"{SEA} 63"),  # the law draws no line on the ground
    row("Y1", "Y1", "prohibited", "长江保护法 26"),
    row("Y2", "Y2 Y2b", "prohibited", "长江保护法 26"),
    row("Y3", "Y3 Y3b", "prohibited", "黄河保护法 26"),
    row("Y4", "Y4", "prohibited", "危险化学品安全法 18", mark="K"),  # its text is not at hand
    row("H1", "H1", "study", "危险化学品安全法 20", "危险化学品安全管理条例 19", mark="K"),
    row("H2", "H2 H2b H2c", "prohibited", f"{ROADS} 18"),
    row("H3", "H3 H3b H3c H3d H3e", "prohibited", f"{ROADS} 11 13"),
    row("H4", "H4 H4b H4c H4d H4e H4f H4g H4h", "restricted", f"{RAILWAYS} 27"),
    row("H5", "H5", "prohibited", "249", mark="K"),
    row("H6", "H6", "restricted", "", mark="K"),
    row("H7", "H7", "study", "", mark="K"),
    row("A1", "A1", "prohibited", "207", f"{AIR} 38"),
    row("A2", "A2", "prohibited", "", mark="K"),
    row("A3", "A3", "study", "557 558 574"),
    row("Z1", "Z1", "", "67"),  # the access list's clauses decide, see the clause tables
    row("Z2", "Z2", "", "67"),
    row("Z4", "Z4", "restricted", "45", f"{SEA} 20"),
    row("P1", "P1", "restricted", "58", mark="K"),
    row("P2", "P2 P2b", "prohibited", "895"),
    row("P3", "P3", "restricted", "914"),
    row("P4", "P4", "prohibited", "618"),
)  # fmt: skip

SUBJECTS = [
    "W1", "W2", "W2b", "W3", "W3b", "W4", "W5", "W6", "W7", "R1", "R2", "R3", "R4", "R5",
    "R6", "R7", "S1", "S2", "S3", "S4", "S5", "F1", "F2", "F3", "N1", "N2", "N3", "N4",
    "N5", "N6", "N7", "N8", "N9", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "Y1",
    "Y2", "Y3", "Y4", "H1", "H2", "H3", "H4", "H5", "H6", "H7", "A1", "A2", "A3", "Z1",
    "Z2", "Z4", "P1", "P2", "P3", "P4",
]  # fmt: skip
"""Every row of the report's table but Z3 and the note on impact assessments."""
