# SPDX-License-Identifier: GPL-2.0-or-later
"""All problems of a catalogue: of the whole and of each entry."""

from __future__ import annotations

from collections.abc import Iterable

from eco_onemap.core.errors import CatalogueError
from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.layers.building.draft import entry_of, new_id
from eco_onemap.core.layers.building.entry_problems import entry_at, find_entry_problems
from eco_onemap.core.layers.building.problem import Cure, Problem, Surroundings, Weight
from eco_onemap.core.layers.building.source_problems import find_source_problems
from eco_onemap.core.layers.building.vocabulary import RoleTitles, role_title
from eco_onemap.core.layers.catalogue import CATALOGUE_KEYS, CoverageKind, parse_catalogue
from eco_onemap.core.layers.catalogue_text import ACCESS_LISTS, CatalogueText
from eco_onemap.core.messages import message
from eco_onemap.core.reading import Section

ADMIN = "admin"


def find_problems(catalogue: CatalogueText, around: Surroundings) -> tuple[Problem, ...]:
    """Return the problems, those of the whole catalogue first, then entry by entry."""
    found = list(_of_the_whole(catalogue, around))
    found += _absent_roles(catalogue, around)
    found += _twice(catalogue)
    for number in range(len(catalogue.layers)):
        found += find_entry_problems(catalogue, number, around)
        entry = entry_at(catalogue, number, around)
        if entry is not None:
            found += find_source_problems(entry, number, around)
    if not any(each.weight is Weight.ERROR for each in found):
        found += _unread(catalogue, around)
    return tuple(sorted(found, key=lambda each: -1 if each.layer is None else each.layer))


def _unread(catalogue: CatalogueText, around: Surroundings) -> Iterable[Problem]:
    """Yield why a check would not read the catalogue, where nothing else has told it."""
    try:
        parse_catalogue(catalogue.text, around.folder / (catalogue.path or "onemap.yaml"))
    except CatalogueError as error:
        yield Problem(Weight.ERROR, error.message)


def _of_the_whole(catalogue: CatalogueText, around: Surroundings) -> Iterable[Problem]:
    data, top = catalogue.data, Section(catalogue.data, catalogue.path, "", CatalogueError)
    if not data.get("title"):
        title = message("cure.default_title").text(around.language)
        said = message("cure.set", key="title", value=title)
        yield Problem(
            Weight.ERROR, message("problem.no_title"), None, (Cure(said, ((("title",), title),)),)
        )
    if not catalogue.layers:
        yield Problem(Weight.ERROR, message("problem.no_layers"))
    planar = str(data.get("planar_crs") or "")
    crs = find_crs(planar) if planar else None
    if planar and (crs is None or not crs.is_projected):
        said = message("cure.take_out", key="planar_crs")
        text = message("problem.planar_crs", crs=planar)
        yield Problem(Weight.ERROR, text, None, (Cure(said, ((("planar_crs",), None),)),))
    yield from _region(catalogue, around)
    yield from _lists(catalogue, around)
    for note in top.notes_on_unknown(CATALOGUE_KEYS):
        yield Problem(Weight.WARNING, note)


def _region(catalogue: CatalogueText, around: Surroundings) -> Iterable[Problem]:
    region = str(catalogue.data.get("region") or "")
    if region and not around.exists(around.folder / region):
        said = message("cure.take_out", key="region")
        text = message("problem.no_region_file", path=str(around.folder / region))
        yield Problem(Weight.ERROR, text, None, (Cure(said, ((("region",), None),)),))
    complete = CoverageKind.COMPLETE.value
    if region or all(entry.get("coverage") != complete for entry in catalogue.layers):
        return
    sources = [entry.get("source") for entry in catalogue.layers if entry.get("role") == ADMIN]
    cures = [
        Cure(message("cure.set", key="region", value=source), ((("region",), source),))
        for source in sources
    ]
    text = message("catalogue.no_region", path=catalogue.path or "onemap.yaml")
    yield Problem(Weight.WARNING, text, None, tuple(cures))


def _lists(catalogue: CatalogueText, around: Surroundings) -> Iterable[Problem]:
    """Yield access lists whose table is not there; no site would be clear without it."""
    for number, entry in enumerate(catalogue.entries(ACCESS_LISTS)):
        source = str(entry.get("source") or "")
        path = around.folder / source
        if source and not around.exists(path):
            name = str(entry.get("title") or entry.get("id") or number + 1)
            text = message("problem.no_list_file", list=name, path=str(path))
            yield Problem(Weight.ERROR, text)


def _absent_roles(catalogue: CatalogueText, around: Surroundings) -> Iterable[Problem]:
    """Yield one hint for all roles that rules ask about and no entry has; layers at hand cure."""
    present = {str(entry.get("role")) for entry in catalogue.layers}
    absent = [role for role in around.needs if role not in present]
    if not absent:
        return
    ids = [str(entry.get("id")) for entry in catalogue.layers]
    cures = [
        Cure(
            message("cure.add_layer", layer=draft.description.title, role=role_title(draft.role)),
            layer=entry_of(draft, around.folder, ids, around.language),
        )
        for draft in around.offered
        if draft.role in absent
    ]
    roles = RoleTitles(tuple(absent))
    yield Problem(Weight.HINT, message("problem.absent_roles", roles=roles), None, tuple(cures))


def _twice(catalogue: CatalogueText) -> Iterable[Problem]:
    """Yield entries whose identifier, or whose source, an earlier entry has."""
    ids = [str(entry.get("id")) for entry in catalogue.layers]
    seen: dict[tuple[str, ...], str] = {}
    for number, entry in enumerate(catalogue.layers):
        if ids[number] in ids[:number] and entry.get("id") is not None:
            new = new_id(ids[number], ids)
            said = message("cure.set", key="id", value=new)
            text = message("problem.same_id", id=ids[number], other=ids.index(ids[number]) + 1)
            yield Problem(
                Weight.ERROR, text, number, (Cure(said, ((("layers", number, "id"), new),)),)
            )
        key = tuple(str(entry.get(name, "")) for name in ("source", "layer", "where", "role"))
        if key in seen:
            text = message("problem.same_source", layer=str(entry.get("title")), other=seen[key])
            yield Problem(Weight.WARNING, text, number)
        seen.setdefault(key, str(entry.get("title")))
