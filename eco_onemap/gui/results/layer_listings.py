# SPDX-License-Identifier: GPL-2.0-or-later
"""The three lists of a site: layers concerned (涉及), not concerned (不涉及), without data."""

from __future__ import annotations

import math

from eco_onemap.core.schema import within_column
from eco_onemap.core.vocabulary import LayerStatus
from eco_onemap.gui.results.areas import AreaColumns
from eco_onemap.gui.results.listing import Entry, Line, Listing, Target, without_empty
from eco_onemap.outputs import formatting
from eco_onemap.outputs.formatting import NO_VALUE
from eco_onemap.outputs.report.blocks import Tone
from eco_onemap.outputs.report.gaps import is_layer, subject
from eco_onemap.outputs.report.material import EVERY_SITE, Material, Row
from eco_onemap.outputs.report.wording import or_dash
from eco_onemap.qgis_bridge.translation import tr

CONCERNED, NOT_CONCERNED = LayerStatus.HIT.value, LayerStatus.NO_HIT.value
_MOST_NAMES = 3
M_PER_KM = 1000.0
FIRST_AREA = 3
"""The column of the first unit of areas."""


def concerned(material: Material, site_id: str, areas: AreaColumns) -> Listing:
    """Return the layers that the site meets, with the areas of overlaps."""
    rows = [row for row in material.layers.get(site_id, []) if row["status"] == CONCERNED]
    first, length = FIRST_AREA, FIRST_AREA + len(areas.units)
    kind = length + 1
    listing = Listing(
        headings=(
            *(tr("Layer"), tr("Features"), tr("Share")),
            *areas.headings,
            *(tr("Length (m)"), tr("Kind")),
        ),
        lines=tuple(_concerned(material, row, areas) for row in rows),
        empty=tr("The site meets none of the layers that were checked."),
        numeric=frozenset(range(first - 1, kind)),
        tips=dict(enumerate(areas.tips, first)),
    )
    plain = material.say.words("kind", ["real"])  # only what is no plain overlap needs a word
    idle = dict.fromkeys(range(first, kind), NO_VALUE)
    return without_empty(listing, {**idle, kind: plain})


def _concerned(material: Material, row: Row, areas: AreaColumns) -> Line:
    own = [hit for hit in material.hits.get(row["site_id"], []) if _same_layer(hit, row)]
    names = list(dict.fromkeys(hit["feature_name"] or hit["feature_id"] for hit in own))
    shown = material.say.listed(names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        shown = material.say("and_others", names=shown)
    kinds = material.say.words("kind", dict.fromkeys(hit["kind"] for hit in own))
    cells = (
        Entry(material.layer_title(row["layer_id"]), material.layer_title(row["layer_id"])),
        Entry(or_dash(shown), row["hits"], "\n".join(names)),
        _share(row["overlap_pct"]),
        *areas.entries(row["overlap_area_m2"]),
        _number(row["overlap_length_m"], 2),
        Entry(or_dash(kinds), kinds),
    )
    feature = own[0]["feature_id"] if len(own) == 1 else ""
    return Line(cells, Target(row["site_id"], row["layer_id"], feature))


def not_concerned(material: Material, site_id: str) -> Listing:
    """Return the layers that the site does not meet, with the nearest feature of each."""
    rows = [row for row in material.layers.get(site_id, []) if row["status"] == NOT_CONCERNED]
    rings = material.assessment.options.rings_m
    counts = tuple(f"≤{_short(ring)}" for ring in rings)
    first = (tr("Layer"), tr("Nearest"), tr("Distance"), tr("Bearing"))
    return Listing(
        headings=first + counts,
        lines=tuple(_not_concerned(material, row, rings) for row in rows),
        empty=tr("There is no layer that the site does not meet."),
        numeric=frozenset((2, *range(4, 4 + len(rings)))),
        tips={
            number: tr("Features within {ring} m").format(ring=f"{ring:g}")
            for number, ring in enumerate(rings, start=4)
        },
    )


def _not_concerned(material: Material, row: Row, rings: tuple[float, ...]) -> Line:
    title, nearest = material.layer_title(row["layer_id"]), row["nearest_m"]
    cells = (
        Entry(title, title),
        Entry(or_dash(row["nearest_name"] or row["nearest_id"]), row["nearest_name"]),
        Entry(formatting.metres(nearest), _or_far(nearest)),
        _bearing(material, row),
        *(_count(row[within_column(ring)]) for ring in rings),
    )
    return Line(cells, Target(row["site_id"], row["layer_id"], row["nearest_id"]))


def lacking(material: Material, site_id: str) -> Listing:
    """Return the layers without data at the site and all else that was not evaluated."""
    known = (CONCERNED, NOT_CONCERNED)
    rows = [row for row in material.layers.get(site_id, []) if row["status"] not in known]
    gaps = [*material.gaps.get(EVERY_SITE, []), *material.gaps.get(site_id, [])]
    reasons = {gap["what"]: gap["why"] for gap in gaps if is_layer(gap)}
    lines = [_lacking(material, row, reasons) for row in rows]
    lines += [_gap(material, site_id, gap) for gap in gaps if not is_layer(gap)]
    return Listing(
        headings=(tr("What"), tr("Status"), tr("Mapped"), tr("Why")),
        lines=tuple(lines),
        empty=tr("Everything could be evaluated."),
        numeric=frozenset((2,)),
    )


def _lacking(material: Material, row: Row, reasons: dict[str, str]) -> Line:
    title, status = material.layer_title(row["layer_id"]), row["status"]
    why = reasons.get(f"layer:{row['layer_id']}") or material.say.word("status_meaning", status)
    word = material.say.word("status", status)
    cells = (
        Entry(title, title),
        Entry(word, word),
        _share(row["mapped_pct"]),
        Entry(why, why, why),
    )
    return Line(cells, Target(row["site_id"], row["layer_id"]), Tone.NO_DATA)


def _gap(material: Material, site_id: str, gap: Row) -> Line:
    what, why = subject(material, gap), gap["why"]
    cells = (Entry(what, what, what), Entry(NO_VALUE), Entry(NO_VALUE), Entry(why, why, why))
    return Line(cells, Target(site_id), Tone.NO_DATA)


def _short(distance_m: float) -> str:
    """Return a distance of a ring for a narrow heading, its unit below."""
    if distance_m < M_PER_KM:
        return f"{distance_m:g}\nm"
    return f"{distance_m / M_PER_KM:g}\nkm"


def _same_layer(hit: Row, row: Row) -> bool:
    return bool(hit["layer_id"] == row["layer_id"])


def _bearing(material: Material, row: Row) -> Entry:
    degrees = row["nearest_bearing_deg"]
    return Entry(formatting.compass(degrees, material.say.language), _or_far(degrees))


def _number(value: float, decimals: int) -> Entry:
    shown = formatting.decimal_text(value, decimals) if value > 0 else NO_VALUE
    return Entry(shown, value if math.isfinite(value) else -1.0)


def _share(share_pct: float) -> Entry:
    return Entry(formatting.percent(share_pct), share_pct if math.isfinite(share_pct) else -1.0)


def _count(count: int) -> Entry:
    return Entry(str(count) if count >= 0 else NO_VALUE, count)


def _or_far(value: float) -> float:
    return value if math.isfinite(value) else math.inf
