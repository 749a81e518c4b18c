# SPDX-License-Identifier: GPL-2.0-or-later
"""Which coordinate reference system is it? One reasoner, one answer with its evidence.

==========  ==================================================================================
certain     the file declares it, or its numbers allow one reading only: used and stated
likely      several readings are possible, or one that nothing confirms: proposed, not used
impossible  no reading leads to China: refused
==========  ==================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import shapely

from eco_onemap.core.errors import SiteError
from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.geometry.gauss_kruger import (
    CGCS2000,
    FAMILIES,
    DatumFamily,
    width_of,
    zone_at,
    zone_in,
)
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.crs_candidates import (
    WEB_MERCATOR,
    Candidate,
    Form,
    Readings,
    bare_candidates,
    degrees_candidate,
    family_of,
    mercator_candidate,
    placed,
    read_numbers,
    zoned_candidate,
)
from eco_onemap.core.sites.crs_evidence import CrsEvidence
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.core.table import Geometries


class Certainty(Enum):
    """How sure an answer is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True)
class CrsAnswer:
    """The answer: how sure it is, the readings with their places, and why.

    candidates: of a certain answer the one that is used, of a likely one all that are possible.
    """

    certainty: Certainty
    candidates: tuple[Candidate, ...]
    why: Message

    @property
    def used(self) -> Candidate:
        """The reading of a certain answer."""
        return self.candidates[0]


def decide_crs(raw: RawSites, settings: SiteSettings) -> CrsAnswer:
    """Return the certain answer for a file; SiteError where the user must say, or nothing fits.

    A system that the user gives is taken where the file declares none, or one that is impossible.
    """
    answer = reason_crs(raw, settings)
    if answer.certainty is Certainty.CERTAIN:
        return answer
    listed = "; ".join(map(str, answer.candidates))
    if answer.certainty is Certainty.LIKELY:
        raise SiteError("crs.likely", path=raw.source, why=answer.why, candidates=listed)
    raise SiteError("crs.impossible", path=raw.source, why=answer.why)


def reason_crs(raw: RawSites, settings: SiteSettings) -> CrsAnswer:
    """Return what is known of a file's coordinate reference system, however sure."""
    given = settings.crs or raw.given_crs
    for text in filter(None, (raw.crs, given)):
        if find_crs(text) is None:
            raise SiteError("site.unknown_crs", path=raw.source, crs=text)
    if _spans_zones(raw):
        return _over_zones(raw, raw.crs or given, settings.region)
    if raw.crs and raw.declares_crs:
        return _declared(raw, raw.crs, given)
    if given or raw.crs:
        return _given(raw.geometries, given or str(raw.crs))
    if not np.isfinite(shapely.bounds(raw.geometries)).all(axis=1).any():
        return _certain(CGCS2000.geographic, message("crs.why_no_coordinates"))
    return reason_numbers(raw.geometries, raw.evidence or CrsEvidence(), settings.region)


def _declared(raw: RawSites, crs: str, given: str) -> CrsAnswer:
    """Return the declared system, or the given one where no site fits the declared one."""
    known, declared = raw.evidence, _short(crs)
    if given and find_crs(given) != find_crs(crs):
        readings = read_numbers(raw.geometries)
        file_fits, user_fits = (
            placed(Candidate({0: text}, swapped=False), readings, None).in_china
            for text in (crs, given)
        )
        if user_fits and not file_fits:
            return _certain(given, message("crs.why_instead", crs=given, declared=declared))
        return _certain(crs, message("crs.why_kept", crs=declared, given=given))
    if known is not None and known.datum:
        return _certain(crs, message("crs.why_header", crs=declared, header=_header(known)))
    if known is not None and known.zone is not None:
        return _certain(crs, message("crs.why_zone_only", crs=declared, zone=known.zone))
    return _certain(crs, message("crs.why_declared", crs=declared))


def _spans_zones(raw: RawSites) -> bool:
    """Return whether each easting names its zone, and not all the same: no one system holds them.

    What a GIS file declares is not doubted by its numbers.
    """
    if raw.crs and raw.evidence is None:
        return False
    readings = read_numbers(raw.geometries)
    return len(np.unique(readings.zone)) > 1 and bool((readings.form == Form.ZONED.value).all())


def _over_zones(raw: RawSites, named: str, region: Geometries | None) -> CrsAnswer:
    """Return the answer for sites in several zones; of a named system only the datum counts."""
    evidence = raw.evidence or CrsEvidence()
    if named and not evidence.datum:
        family = family_of(named)
        if family is None:
            return _impossible(message("crs.why_zones_beside", crs=named))
        evidence = replace(evidence, datum=family.name)
    answer = reason_numbers(raw.geometries, evidence, region)
    if named and answer.certainty is Certainty.LIKELY and len(answer.candidates) == 1:
        return _certain_candidate(answer.candidates[0], named)  # as a named system is elsewhere
    return answer


def _certain_candidate(used: Candidate, named: str) -> CrsAnswer:
    """Return the one reading that is possible, now that somebody named the datum."""
    return CrsAnswer(Certainty.CERTAIN, (used,), message("crs.why_zones_given", crs=named))


def _given(geometries: Geometries, crs: str) -> CrsAnswer:
    """Return the given system, with the axes in the order in which the sites lie in China."""
    readings = read_numbers(geometries)
    named, zones = _zone_of(crs), readings.zone[readings.form == Form.ZONED.value]
    if named is not None and (zones != named).any():
        found = int(zones[zones != named][0])
        return _impossible(message("crs.why_zone_given", crs=crs, named=named, found=found))
    usual, swapped = (
        placed(Candidate({0: crs}, swapped=order), readings, None) for order in (False, True)
    )
    if swapped.in_china and not usual.in_china:
        why = message("crs.why_given_swapped", crs=crs)
        return CrsAnswer(Certainty.CERTAIN, (swapped,), why)
    return _certain(crs, message("crs.why_given", crs=crs))


def _zone_of(text: str) -> int | None:
    crs = find_crs(text)
    return zone_in(crs) if crs else None


def _certain(crs: str, why: Message) -> CrsAnswer:
    return CrsAnswer(Certainty.CERTAIN, (Candidate({0: crs}, swapped=False),), why)


def _short(crs: str) -> str:
    known = None if crs.startswith("EPSG:") else find_crs(crs)
    return known.name if known else crs


def _header(known: CrsEvidence) -> str:
    """Return what a header says, in its own terms and in those of every language."""
    parts = [known.declared or known.datum, f"{known.zone_degrees}°" if known.zone_degrees else ""]
    if known.zone is not None:
        parts.append(f"#{known.zone}")
    if known.central_meridian is not None:
        parts.append(f"{known.central_meridian:g}°E")
    return ", ".join(filter(None, parts))


def reason_numbers(
    geometries: Geometries, evidence: CrsEvidence, region: Geometries | None
) -> CrsAnswer:
    """Return the answer for coordinates whose system nobody names.

    evidence: what the header says of datum and zone. region: the catalogue's, None if unknown.
    """
    family = FAMILIES.get(evidence.datum, CGCS2000)
    if evidence.declared and not evidence.datum:
        return _impossible(message("crs.why_unknown_system", system=evidence.declared))
    readings = read_numbers(geometries)
    if not len(readings.x):
        return _impossible(message("crs.why_no_coordinates"))
    mixed = _find_mixed(readings)
    if mixed:
        return _impossible(mixed)
    form, swapped = Form(readings.form[0]), bool(readings.swapped[0])
    contradiction = _find_contradiction(form, readings, evidence)
    if contradiction:
        return _impossible(contradiction)
    possible = _readings_of(form, swapped, readings, family, evidence)
    return _judged(form, [placed(one, readings, region) for one in possible], evidence, readings)


def _find_mixed(readings: Readings) -> Message | None:
    """Return why the sites of a file cannot all be in one system, None if they can."""
    other = (readings.form != readings.form[0]) | (readings.swapped != readings.swapped[0])
    if not other.any():
        return None
    row = int(np.argmax(other))
    first, second = (f"{readings.x[n]:.10g}, {readings.y[n]:.10g}" for n in (0, row))
    return message("crs.why_mixed", first=first, second=second)


def _find_contradiction(form: Form, readings: Readings, evidence: CrsEvidence) -> Message | None:
    """Return what numbers and header say against each other, None if they agree."""
    if evidence.angular and form not in (Form.DEGREES, Form.OTHER):
        return _units_differ(readings)
    stated = _stated_zone(evidence)
    if form is Form.ZONED and stated is not None and (readings.zone != stated).any():
        found = int(readings.zone[readings.zone != stated][0])
        return message("crs.why_zone", stated=stated, found=found)
    return None


def _units_differ(readings: Readings) -> Message:
    return message("crs.why_units", x=f"{readings.x[0]:.10g}", y=f"{readings.y[0]:.10g}")


def _stated_zone(evidence: CrsEvidence) -> int | None:
    """Return the zone that a header states by number, or by central meridian and width."""
    if evidence.zone is not None:
        return evidence.zone
    if evidence.central_meridian is None:
        return None
    return zone_at(evidence.central_meridian, evidence.zone_degrees or 3)


def _readings_of(
    form: Form, swapped: bool, readings: Readings, family: DatumFamily, evidence: CrsEvidence
) -> list[Candidate]:
    """Return every way to read the numbers."""
    possible: list[Candidate] = []
    if form is Form.DEGREES:
        possible.append(degrees_candidate(family, swapped))
    if form is Form.ZONED:
        possible.append(zoned_candidate(family, readings, swapped))
    if form is Form.BARE:
        stated = _stated_zone(evidence)
        if stated is None:
            possible += bare_candidates(family, swapped)
        else:
            possible.append(Candidate({0: family.unnumbered(stated)}, swapped))
    mercator = mercator_candidate(readings)
    return possible + ([mercator] if mercator else [])


def _judged(
    form: Form, possible: list[Candidate], evidence: CrsEvidence, readings: Readings
) -> CrsAnswer:
    fitting = [one for one in possible if one.fits]
    in_china = [one for one in possible if one.in_china]
    if not in_china:
        x, y = f"{readings.x[0]:.10g}", f"{readings.y[0]:.10g}"
        return _impossible(message("crs.why_nowhere", x=x, y=y))
    if not fitting:
        return CrsAnswer(Certainty.LIKELY, tuple(in_china), message("crs.why_outside_region"))
    if len(fitting) > 1 or (form is Form.BARE and _stated_zone(evidence) is None):
        key = "crs.why_no_zone" if form is Form.BARE else "crs.why_several"
        return CrsAnswer(Certainty.LIKELY, tuple(fitting), message(key))
    if form is Form.DEGREES and evidence.angular is False:
        return CrsAnswer(Certainty.LIKELY, tuple(fitting), _units_differ(readings))
    if fitting[0].name == WEB_MERCATOR:
        return CrsAnswer(Certainty.LIKELY, tuple(fitting), message("crs.why_unconfirmed"))
    return CrsAnswer(Certainty.CERTAIN, tuple(fitting), _why(form, fitting[0], evidence))


def _impossible(why: Message) -> CrsAnswer:
    return CrsAnswer(Certainty.IMPOSSIBLE, (), why)


def _why(form: Form, used: Candidate, evidence: CrsEvidence) -> Message:
    """Return the evidence for the only reading."""
    place = f"{used.longitude:.4f}°E {used.latitude:.4f}°N"
    written = "crs.order_north" if evidence.axis_order == "yx" else "crs.order_usual"
    order = message("crs.order_swapped" if used.swapped else written)
    datum = message("crs.datum_stated" if evidence.datum else "crs.datum_taken")
    if form is Form.DEGREES:
        return message("crs.why_degrees", crs=used.name, place=place, order=order, datum=datum)
    if form is Form.BARE:
        header = _header(evidence)
        return message("crs.why_header_zone", crs=used.name, place=place, header=header)
    zones = ", ".join(f"{zone} ({width_of(zone)}°)" for zone in used.crs_by_zone)
    if evidence.declared and len(used.crs_by_zone) > 1:
        system = evidence.declared
        return message(
            "crs.why_header_zones", zones=zones, crs=used.name, place=place, system=system
        )
    return message(
        "crs.why_prefix", zones=zones, crs=used.name, place=place, order=order, datum=datum
    )
