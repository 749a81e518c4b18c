# SPDX-License-Identifier: GPL-2.0-or-later
"""What may have made two assessments of the same sites differ: layers, law, options, versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

from eco_onemap.core.layers.catalogue import AccessListEntry, CoverageEntry, LayerEntry
from eco_onemap.core.messages import Message, message
from eco_onemap.core.results.assessment import Assessment

Record = Mapping[str, str]

NO_VALUE = "–"
USUAL = ("as_of", "rings_m")
"""Options with a sentence of their own: everybody states them."""

OPTIONS = (
    *("tags", "terms", "site_accuracy_m", "consult_m"),
    *("transformation_m", "start_chainage_m", "chainage", "approach_m", "target_reach_m"),
    *("tolerance.touch_m", "tolerance.sliver_m", "tolerance.sliver_m2", "tolerance.narrow_m"),
    *("method.area", "method.distance", "catalogue.planar_crs"),
)
"""Further keys of the record that say how a check was asked for."""

UNTOLD = frozenset({"id", "title", "datum", "datum_error_m"})
"""Of a catalogue's entry: what names it, and what its source says."""


def causes(before: Assessment, now: Assessment) -> Iterator[Message]:
    """Yield what changed of sites, options, catalogue, layers, access lists, packs, versions."""
    old, new = _record(before), _record(now)
    yield from _changed_request(before, now, old, new)
    title = "catalogue.title"
    if old.get(title) != new.get(title):
        yield message("compare.catalogue", was=old.get(title, NO_VALUE), now=new.get(title, ""))
    yield from _changed_sources("layer", old, new)
    yield from _changed_sources("access_list", old, new)
    yield from _changed_entries(before, now, old, new)
    yield from _changed_packs(old, new)
    for key in sorted(k for k in old if k.endswith(".version") and k.count(".") == 1):
        if old[key] != new.get(key):
            name = key.removesuffix(".version")
            yield message("compare.version", name=name, was=old[key], now=new.get(key, NO_VALUE))


def _changed_request(
    before: Assessment, now: Assessment, old: Record, new: Record
) -> Iterator[Message]:
    """Yield what was asked otherwise: sites, project facts, findings set aside, options."""
    if old.get("sites.sha256") != new.get("sites.sha256"):
        yield message("compare.sites")
    elif before.sites.facts != now.sites.facts:
        yield message("compare.facts")
    if old.get("overrides.sha256", "") != new.get("overrides.sha256", ""):
        counts = [told.get("overrides.count") or "0" for told in (old, new)]
        yield message("compare.overrides", was=counts[0], now=counts[1])
    for key in (*USUAL, *OPTIONS):
        if old.get(key, "") != new.get(key, ""):
            values = [told.get(key) or NO_VALUE for told in (old, new)]
            told = {"was": values[0], "now": values[1]}
            if key in USUAL:
                yield message(f"compare.{key}", **told)
            else:
                yield message("compare.option", name=key, **told)


def _record(assessment: Assessment) -> Record:
    run = assessment.run
    return dict(zip(run["key"].tolist(), run["value"].tolist(), strict=True))


def _changed_sources(kind: str, old: Record, new: Record) -> Iterator[Message]:
    """Yield the layers or access lists whose content is another one, new, or gone."""
    ids = dict.fromkeys(k.split(".")[1] for k in (*old, *new) if k.startswith(f"{kind}."))
    for each in ids:
        title = new.get(f"{kind}.{each}.title") or old.get(f"{kind}.{each}.title") or each
        was, now = (told.get(f"{kind}.{each}.sha256") for told in (old, new))
        if was == now:
            continue
        if was is None or now is None:
            key = "compare.layer_new" if was is None else "compare.layer_gone"
            yield message(key, layer=title)
            continue
        versions = [told.get(f"{kind}.{each}.version") or NO_VALUE for told in (old, new)]
        yield message("compare.layer", layer=title, was=versions[0], now=versions[1])


def _changed_entries(
    before: Assessment, now: Assessment, old: Record, new: Record
) -> Iterator[Message]:
    """Yield what the catalogues say otherwise of a layer or list that both have.

    A new version of other content is told with the content.
    """
    for was, is_now in _entries(before, now):
        kind = "layer" if isinstance(was, LayerEntry) else "access_list"
        sums = {told.get(f"{kind}.{was.id}.sha256") for told in (old, new)}
        untold = UNTOLD | ({"version"} if len(sums) > 1 else set())
        for field in fields(was):
            values = [_told(getattr(entry, field.name)) for entry in (was, is_now)]
            if field.name not in untold and values[0] != values[1]:
                given = {"name": field.name, "was": values[0], "now": values[1]}
                yield message("compare.entry", layer=is_now.title or is_now.id, **given)


def _entries(
    before: Assessment, now: Assessment
) -> Iterator[tuple[LayerEntry | AccessListEntry, LayerEntry | AccessListEntry]]:
    old, new = before.catalogue, now.catalogue
    layers = {entry.id: entry for entry in old.layers}
    lists = {entry.id: entry for entry in old.access_lists}
    yield from ((layers[entry.id], entry) for entry in new.layers if entry.id in layers)
    yield from ((lists[entry.id], entry) for entry in new.access_lists if entry.id in lists)


def _told(value: Any) -> str:
    """Return the value of an entry as the catalogue would write it."""
    if isinstance(value, CoverageEntry):
        return " ".join(filter(None, (value.kind.value, value.path)))
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {held}" for key, held in value.items()) or NO_VALUE
    return str(value) if value not in (None, "", 0.0) or value is False else NO_VALUE


def _changed_packs(old: Record, new: Record) -> Iterator[Message]:
    names = dict.fromkeys(
        k.removeprefix("pack.").removesuffix(".sha256")
        for k in (*old, *new)
        if k.startswith("pack.") and k.endswith(".sha256")
    )
    for name in names:
        sums = [told.get(f"pack.{name}.sha256") for told in (old, new)]
        was, now = (told.get(f"pack.{name}.version") or NO_VALUE for told in (old, new))
        if sums[0] is None:
            yield message("compare.pack_new", pack=name, now=now)
        elif sums[1] is None:
            yield message("compare.pack_gone", pack=name, was=was)
        elif sums[0] != sums[1]:
            rules = ", ".join(_changed_rules(name, old, new)) or NO_VALUE
            yield message("compare.pack", pack=name, was=was, now=now, rules=rules)


def _changed_rules(pack: str, old: Record, new: Record) -> list[str]:
    """Return the rules of a pack of which the record says something else."""
    keys = {k for k in (*old, *new) if k.startswith("rule.") and old.get(k) != new.get(k)}
    changed = sorted({key.split(".")[1] for key in keys if not key.endswith(".pack")})
    return [r for r in changed if any(pack in t.get(f"rule.{r}.pack", "") for t in (old, new))]
