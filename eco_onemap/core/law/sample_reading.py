# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the samples that rules carry; what they mean stands in :mod:`.rule_samples`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eco_onemap.core.reading import Section
from eco_onemap.core.vocabulary import HitKind, Verdict

SAMPLE_KEYS = (
    *("attributes", "measurement", "features", "site", "tags", "not_tags", "stage"),
    *("planned_use", "industry", "as_of", "expect", "cites"),
)
FEATURE_KEYS = ("attributes", "measurement", "kind")
MEASUREMENT_KEYS = ("area_m2", "share_pct", "length_m", "distance_m", "count", "feature_pct")
SITE_KEYS = ("mapped_pct", "ring_area_m2", "mean", "min", "max")
EXPECTATIONS = tuple(
    verdict.value
    for verdict in (Verdict.PROHIBITED, Verdict.RESTRICTED, Verdict.STUDY, Verdict.CLEAR)
)
KINDS = tuple(kind.value for kind in HitKind)


def read_samples(section: Section, plain: bool) -> tuple[Mapping[str, Any], ...]:
    """Return the samples of a rule's *section*, checked; none where it has none.

    plain: the rule has no ``when``, so that a sample states a single feature.
    """
    if "samples" not in section:
        return ()
    return tuple(_sample(sample, plain) for sample in section.sections("samples"))


def _sample(section: Section, plain: bool) -> Mapping[str, Any]:
    section.refuse_unknown(SAMPLE_KEYS)
    for key in ("features", "site"):
        if plain and key in section:
            raise section.error(key, "rule.sample_of_when", key=key)
    return {
        "attributes": _attributes(section),
        "measurement": _measurement(section),
        "features": _features(section),
        "site": _site(section),
        "tags": section.texts("tags"),
        "not_tags": section.texts("not_tags"),
        "stage": section.optional_text("stage"),
        "planned_use": section.optional_text("planned_use"),
        "industry": section.optional_text("industry"),
        "as_of": section.optional_date("as_of"),
        "expect": section.one_of("expect", EXPECTATIONS),
        "cites": None if section.raw("cites") is None else section.texts("cites"),
    }


def _attributes(section: Section) -> dict[str, Any]:
    attributes = section.section("attributes")
    return {key: attributes.raw(key) for key in attributes.keys} if attributes else {}


def _features(section: Section) -> tuple[Mapping[str, Any], ...]:
    if section.raw("features") is None:
        return ()
    if "measurement" in section or "attributes" in section:
        raise section.error("features", "rule.features_or_one")
    return tuple(_feature(feature) for feature in section.sections("features"))


def _feature(section: Section) -> Mapping[str, Any]:
    section.refuse_unknown(FEATURE_KEYS)
    return {
        "attributes": _attributes(section),
        "measurement": _measurement(section),
        "kind": section.one_of("kind", KINDS, HitKind.REAL.value),
    }


def _measurement(section: Section) -> dict[str, float]:
    measurement = section.section("measurement")
    if measurement is None:
        if "features" in section or "site" in section:
            return {}
        raise section.error("measurement", "yaml.missing")
    measurement.refuse_unknown(MEASUREMENT_KEYS)
    return {key: measurement.amount(key, _largest(key)) for key in measurement.keys}


def _site(section: Section) -> dict[str, float]:
    site = section.section("site")
    if site is None:
        return {}
    site.refuse_unknown(SITE_KEYS)
    return {key: site.amount(key, _largest(key)) for key in site.keys}


def _largest(key: str) -> float:
    return 100.0 if key.endswith("_pct") else float("inf")
