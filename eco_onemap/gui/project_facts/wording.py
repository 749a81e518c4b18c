# SPDX-License-Identifier: GPL-2.0-or-later
"""The words for facts of projects in the user's language."""

from __future__ import annotations

from collections.abc import Mapping

from eco_onemap.core.law.project_questions import TagGroup
from eco_onemap.core.options import parse_tags
from eco_onemap.core.sites.industries import find_industry
from eco_onemap.core.sites.project_tags import implied_tags, special_tags
from eco_onemap.outputs.report.wording import Wording
from eco_onemap.qgis_bridge.translation import tr
from eco_onemap.readers.sites.attributes import PLANNED_USES, STAGES

NATURES = ("新建", "改建", "扩建", "改扩建", "技术改造", "迁建")
"""What a nature can be, as Chinese forms write it."""


def tag_title(tag: str, say: Wording) -> str:
    """Return what a tag says of a project; the tag itself where it is of a pack of one's own."""
    general = implied_tags().get(tag)
    if general is not None:
        return say.spoken(special_tags()[general][tag])
    word = say.word("tag", tag)
    return word[:1].upper() + word[1:]


def group_title(group: TagGroup, say: Wording) -> str:
    """Return the heading of a group of tags."""
    return say.spoken(group.titles) if group.titles else tag_title(group.general, say)


def nature_choices() -> dict[str, str]:
    """Return each nature of a project with its words."""
    words = (
        tr("new"),
        tr("rebuilding"),
        tr("extension"),
        tr("rebuilding and extension"),
        tr("technical upgrade"),
        tr("relocation"),
    )
    return dict(zip(NATURES, words, strict=True))


def stage_choices(say: Wording) -> dict[str, str]:
    """Return each stage with its words."""
    return {stage: say.word("stage", stage) for stage in STAGES.values()}


def use_choices(say: Wording) -> dict[str, str]:
    """Return each planned use with its words."""
    return {use: say.word("use", use) for use in dict.fromkeys(PLANNED_USES.values())}


def industry_title(code: str) -> str:
    """Return an industry's code with its name, the code alone where it has none."""
    known = find_industry(code)
    return f"{known.code} {known.name}" if known else code


def facts_sentence(facts: Mapping[str, str], say: Wording) -> str:
    """Return what is stated in one line."""
    tags = [tag_title(tag, say) for tag in sorted(parse_tags(facts.get("tags", "")))]
    denied = [tag_title(tag, say) for tag in sorted(parse_tags(facts.get("not_tags", "")))]
    named = (
        facts.get("project", ""),
        facts.get("developer", ""),
        nature_choices().get(facts.get("nature", ""), ""),
        industry_title(facts.get("industry", "")),
        stage_choices(say).get(facts.get("stage", ""), ""),
        use_choices(say).get(facts.get("planned_use", ""), ""),
        say.listed(tags),
        tr("not: {tags}").format(tags=say.listed(denied)) if denied else "",
    )
    between = "；" if say.language == "zh" else "; "
    return between.join(filter(None, named)) or tr("Nothing is stated.")
