# SPDX-License-Identifier: GPL-2.0-or-later
"""All words of a sheet, from what the check says and what lies on it. Pure."""

from __future__ import annotations

from typing import Any

from eco_onemap import __version__
from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.layers.catalogue import LayerEntry, Secrecy
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.layout.imprint import Imprint
from eco_onemap.layout.layer_rows import concerning_rows, feature_rows, layer_rows
from eco_onemap.layout.legend import legend_groups
from eco_onemap.layout.plan import PLAIN, SheetPlan
from eco_onemap.layout.record import SiteRecord, counted_verdict
from eco_onemap.layout.scales import round_interval
from eco_onemap.layout.sheet import Ground, ImprintField, Sheet, SheetContent
from eco_onemap.layout.subjects import Subject, SubjectKind
from eco_onemap.layout.theme_rows import theme_rows
from eco_onemap.layout.themed_record import OVERALL
from eco_onemap.layout.wording import Say
from eco_onemap.outputs.formatting import hectares, metres, mu

GRID_MM = 40.0
"""Distance of grid lines: four or five across the map, so that labels do not crowd."""
_ENDINGS = ("项目", "工程", "地块", "选址")
_FICTION = ("虚构", "fictional", "fictitious")


def describe_sheet(
    record: SiteRecord, ground: Ground, content: SheetContent, plan: SheetPlan = PLAIN
) -> Sheet:
    """Return the words of a sheet; the record is narrowed to the plan's subject."""
    say = Say(record.language)
    layers = dict.fromkeys(layer.layer_id for layer in content.layers)
    drawn = [record.entries[layer_id] for layer_id in layers]
    title = record.assessment.catalogue.title
    return Sheet(
        site_id=record.site_id,
        language=record.language,
        **told_of_site(record, plan.subject),
        secrecy=_secrecy([*drawn, *_told(record, plan.subject)], say),
        fiction=say("fiction") if any(word in title.lower() for word in _FICTION) else "",
        legend_title=say("legend"),
        legend=legend_groups(record, ground, content, say),
        scale_text=say("scale", scale=scale_text(ground.main.scale)),
        crs_note=_crs_note(ground, say),
        detail_caption=_detail_caption(ground, say),
        locator_caption=say("locator"),
        sources_head=say("sources"),
        sources=tuple(_source(entry, say) for entry in drawn),
        separator=say("source.separator"),
        warnings=_warnings(record, content, say),
        notes=_notes(record, plan.number, say),
        imprint=_imprint(plan.imprint, say),
    )


def told_of_site(record: SiteRecord, subject: Subject) -> dict[str, Any]:
    """Return the fields of a sheet that the check's tables alone decide."""
    say, verdict = Say(record.language), Verdict(record.site["verdict"])
    return {
        "title": sheet_title(record.site["name"] or record.site_id, subject, record.language),
        "subtitle": _subtitle(record, say),
        "verdict": verdict,
        "verdict_word": _verdict_word(record, subject, say),
        "reason": _reason(record, verdict, say),
        "basis": _basis(record, say),
        **_table(record, subject, say),
    }


def scale_text(scale: int) -> str:
    """Return a scale such as ``1:50000``."""
    return f"1:{scale}"


def sheet_title(name: str, subject: Subject, language: str) -> str:
    """Return the title of a sheet: what the project of the site called *name* stands to."""
    say = Say(language)
    words = {"name": _project_name(name, say), "subject": subject.phrases[language]}
    return say(f"title.{subject.kind.value}", **words)


def _table(record: SiteRecord, subject: Subject, say: Say) -> dict[str, Any]:
    """Return head and rows of the table: layers, of one theme features, on an overview themes."""
    if subject.kind is SubjectKind.OVERVIEW:
        head = say("table.theme"), say("table.weightiest"), say("table.measure")
        return {"table_head": head, "table": theme_rows(record, say)}
    rows = layer_rows if subject.kind is SubjectKind.RISK else feature_rows
    head = say("table.layer"), say("table.feature"), say("table.measure")
    return {"table_head": head, "table": rows(record, say)}


def _project_name(name: str, say: Say) -> str:
    """Return a site's name, as that of a project if it does not end as one."""
    return name if name.endswith(_ENDINGS) else say("project", name=name)


def _subtitle(record: SiteRecord, say: Say) -> str:
    day = record.assessment.options.as_of.isoformat()
    parts = [record.assessment.catalogue.title, say("id", id=record.site_id)]
    return say("separator").join([*parts, *_size(record, say), say("as_of", day=day)])


def _size(record: SiteRecord, say: Say) -> list[str]:
    area, length = record.site["area_ellipsoid_m2"], record.site["length_m"]
    if area > 0:
        language = record.language
        return [say("area", hectares=hectares(area, language), mu=mu(area, language))]
    return [say("length", length=metres(length))] if length > 0 else []


def _told(record: SiteRecord, subject: Subject) -> list[LayerEntry]:
    """Return the layers that the table tells of, whether they are drawn or not.

    What is derived from secret surveys keeps their grade (《测绘成果管理条例》 第十六条).
    """
    is_theme = subject.kind is SubjectKind.THEME
    rows = record.layers if is_theme else concerning_rows(record)
    return [record.entries[row["layer_id"]] for row in rows]


def _secrecy(layers: list[LayerEntry], say: Say) -> str:
    """Return the mark of the most secret layer on the sheet, "" if all are public."""
    grades = list(Secrecy)
    highest = max((entry.secrecy for entry in layers), key=grades.index, default=Secrecy.PUBLIC)
    return say(f"secrecy.{highest.value}")


def _verdict_word(record: SiteRecord, subject: Subject, say: Say) -> str:
    """Return the verdict; that on a theme says so, or it would pass for the project's."""
    word = say(f"verdict.{record.site['verdict']}")
    if subject.kind is not SubjectKind.THEME:
        return word
    return say("verdict.theme", subject=subject.titles[record.language], verdict=word)


def _reason(record: SiteRecord, verdict: Verdict, say: Say) -> str:
    rule, reason = record.site["deciding_rule"], record.site["reason"]
    limit = say("verdict.clear.limit") if verdict is Verdict.CLEAR else ""
    sentences = say.told((reason, limit, _overall(record, say)))
    return f"{rule} {sentences}".strip()


def _overall(record: SiteRecord, say: Say) -> str:
    """Return the project's verdict where that on the sheet's theme is another."""
    overall = record.site.get(OVERALL, record.site["verdict"])
    if overall == record.site["verdict"]:
        return ""
    return say("verdict.overall", verdict=say(f"verdict.{overall}"))


def _basis(record: SiteRecord, say: Say) -> str:
    """Return the law of the deciding rule, "" where no rule decides."""
    site = record.site
    deciding = (
        row["citation"]
        for row in record.findings
        if row["rule_id"] == site["deciding_rule"] and counted_verdict(row).value == site["verdict"]
    )
    citation = next(deciding, "")
    return say("basis", citation=citation) if citation else ""


def _crs_note(ground: Ground, say: Say) -> str:
    interval = metres_or_km(round_interval(ground.main.scale, GRID_MM))
    return _crs_name(ground.crs, say) + "\n" + say("grid", interval=interval)


def _crs_name(text: str, say: Say) -> str:
    """Return how a CRS is written on a map; CGCS2000 Gauss-Krüger with its central meridian."""
    crs = find_crs(text)
    if crs is None:
        return say("crs.other", name=text)
    if "CGCS2000" not in crs.name or crs.coordinate_operation is None:
        return say("crs.other", name=crs.name)
    parameters = {p.name: p.value for p in crs.coordinate_operation.params}
    meridian = f"{parameters.get('Longitude of natural origin', 0):g}"
    width = 3 if "3-degree" in crs.name else 6
    return say("crs.gauss", width=width, meridian=meridian)


def metres_or_km(distance_m: float) -> str:
    """Return a round distance in the larger unit that it fills."""
    return f"{distance_m / 1000:g} km" if distance_m >= 1000 else f"{distance_m:g} m"


def _detail_caption(ground: Ground, say: Say) -> str:
    return say("detail", scale=scale_text(ground.detail.scale)) if ground.detail else ""


def _source(entry: LayerEntry, say: Say) -> str:
    issued = entry.issued.isoformat() if entry.issued else ""
    details = [part for part in (entry.version, issued, entry.authority) if part]
    return say("source", title=entry.title, details=_details(details, say))


def _details(details: list[str], say: Say) -> str:
    return say.listed(details) if details else say("source.unknown")


def _warnings(record: SiteRecord, content: SheetContent, say: Say) -> str:
    """Return what is missing on the sheet and in the check, "" if nothing is."""
    parts = []
    if content.failed:
        lost = [record.entries[layer].title for layer in content.failed]
        parts.append(say("undrawn", layers=say.listed(lost)))
    whole = [title for part in content.unmapped if part.is_whole for title in part.titles]
    if whole:
        parts.append(say("unmapped", layers=say.listed(whole)))
    if record.gaps:
        parts.append(say("gaps", count=len(record.gaps)))
    return say.told(parts)


def _notes(record: SiteRecord, number: str, say: Say) -> str:
    sealed = [say("number", number=number)] if number else []
    packs = [f"{pack.name} {pack.version}" for pack in record.assessment.packs]
    told = [say("packs", packs=say.listed(packs))] if packs else []
    told.append(say("software", version=__version__))
    return say("separator").join([*sealed, *told]) + "\n" + say("disclaimer")


def _imprint(imprint: Imprint, say: Say) -> tuple[ImprintField, ...]:
    told = {
        "organisation": imprint.organisation,
        "maker": imprint.maker,
        "made_on": imprint.made_on.isoformat() if imprint.made_on else "",
        "approval": imprint.approval,
    }
    return tuple(ImprintField(say(f"imprint.{name}"), text) for name, text in told.items())
