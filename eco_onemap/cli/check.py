# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap check``: sites, catalogue and rules in; tables and a report out."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eco_onemap.cli.chainage_options import add_chainage_options
from eco_onemap.cli.checking import Check
from eco_onemap.cli.outcome import Outcome, read_outcome
from eco_onemap.cli.report_options import STEM, add_report_options, choose_formats, choose_style
from eco_onemap.cli.site_options import add_site_options, parse_fields, parse_settings
from eco_onemap.cli.table_options import add_table_options, parse_table_options
from eco_onemap.cli.terminal import TerminalProgress, lines_of, shortened
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.layers.addresses import is_database, without_credentials
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.messages import message
from eco_onemap.core.options import DEFAULT_CONSULT_M, parse_bounds
from eco_onemap.core.progress import SubProgress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.inputs import INPUT_TABLE
from eco_onemap.core.results.totals import Excerpt
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_region import find_region
from eco_onemap.core.stated_options import DEFAULT_RINGS, state_options
from eco_onemap.core.zoning.vocabulary import Terms
from eco_onemap.outputs.csv_tables import write_csv_tables
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.report import MOST_SITES
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.outputs.report_formats import ReportFormat
from eco_onemap.paths import resource
from eco_onemap.readers.compiled_cache import CompiledCache
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.result_blocks import open_results
from eco_onemap.readers.result_excerpts import read_excerpt
from eco_onemap.readers.sites import read_sites
from eco_onemap.readers.stored_assessment import read_assessment
from eco_onemap.verifying.reading_back import print_whole

REASON_COLUMNS = 80
"""Terminal columns for the reason in the summary; the tables hold it whole."""

SITES_HELP = "file of project sites, or postgresql://user@host/database"

MOST_IN_MEMORY = 5000
"""Reports on more sites are written from an excerpt, so that memory stays bounded."""

NATIONAL_PACK = resource("rules", "cn-national.yaml")


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser(
        "check", help="check sites and write the tables of the result"
    )
    add = command.add_argument
    add("--sites", type=_site_source, required=True, metavar="FILE", help=SITES_HELP)
    add("--catalogue", type=Path, required=True, metavar="FILE", help="onemap.yaml")
    add("--rules", type=Path, nargs="+", metavar="PACK", help="rule packs (default: national)")
    add("--site-layer", metavar="N", help="layer inside the file, or table")
    add("--site-bounds", metavar="W,S,E,N", help="only the sites in a database that meet it (°)")
    add("--id-field", metavar="F", help="field that identifies a site")
    add_site_options(add)
    add_table_options(add)
    add("--as-of", default="", metavar="DATE", help="assessment date (default: today)")
    add("--rings", default=DEFAULT_RINGS, metavar="M,M", help="ring distances in metres")
    add("--tags", default="", metavar="T,T", help="project tags for every site")
    add("--overrides", type=Path, metavar="FILE", help="findings that a person set aside (YAML)")
    add("--out", type=Path, required=True, metavar="FILE", help="results.gpkg to write")
    add("--csv", type=Path, metavar="DIR", help="folder for the same tables as CSV")
    add("--report", type=Path, metavar="DIR", help="folder for the reports")
    add_report_options(add)
    add("--workers", type=_workers, default=1, metavar="N", help="threads (default: 1)")
    add("--scheduler", metavar="URL", help="Dask scheduler (tcp://…) whose workers check instead")
    add("--block-sites", type=_block, default=2000, metavar="N", help="sites in a block (2000)")
    add("--no-cache", action="store_true", help="compile all layers anew, keep none")
    _add_accuracy_and_zoning(add)
    command.set_defaults(command=run)
    return command


def _site_source(text: str) -> Path | str:
    """Return the path of a file; an address stays as it is, for a path has no double slash."""
    return text if is_database(text) else Path(text)


def _add_accuracy_and_zoning(add: Callable[..., Any]) -> None:
    add("--site-accuracy", type=float, default=0.0, metavar="M", help="survey error of the sites")
    add(
        "--transformation-error",
        type=float,
        default=0.0,
        metavar="M",
        help="error of the sites' transformation to CGCS2000",
    )
    add(
        "--consult",
        type=float,
        default=DEFAULT_CONSULT_M,
        metavar="M",
        help="neighbouring divisions so near are to be consulted (default: 2500)",
    )
    add(
        "--terms",
        choices=[terms.value for terms in Terms],
        default=Terms.ZONING.value,
        help="words for zoning control: 三线一单 or 分区管控",
    )
    add_chainage_options(add)


def _workers(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("1 to 64 threads")
    return number


def _block(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError("1 to 1000000 sites")
    return number


def run(arguments: argparse.Namespace) -> int:
    """Check the sites, write what was asked for, print the verdicts."""
    progress = TerminalProgress(arguments.language)
    formats = _formats(arguments)
    check = _prepare(arguments, progress)
    part = SubProgress(progress, 0.05, 0.9)
    check.write_staged(arguments.out, arguments.language, part)
    if arguments.csv:
        progress.report(0.95, message("step.writing", what=str(arguments.csv)))
        with open_results(arguments.out) as tables:
            write_csv_tables(arguments.csv, [t for t in tables if t.name != INPUT_TABLE])
    if formats:
        _write_reports(arguments, check, formats, progress)
    outcome = read_outcome(arguments.out)
    print("\n".join(lines_of(_summary(outcome, arguments.language))))
    return 0 if outcome.is_complete else 1


def _prepare(arguments: argparse.Namespace, progress: TerminalProgress) -> Check:
    options = state_options(
        as_of=arguments.as_of,
        rings=arguments.rings,
        tags=arguments.tags,
        overrides=arguments.overrides,
        site_accuracy_m=arguments.site_accuracy,
        transformation_m=arguments.transformation_error,
        consult_m=arguments.consult,
        terms=arguments.terms,
        start_chainage=arguments.start_chainage,
        is_reversed=arguments.reverse_lines,
        approach_m=arguments.approach,
        workers=arguments.workers,
        block_sites=arguments.block_sites,
    )
    catalogue = read_catalogue(arguments.catalogue)
    packs = [read_pack(path) for path in arguments.rules or [NATIONAL_PACK]]
    shown = str(arguments.sites)
    shown = without_credentials(shown) if is_database(shown) else shown
    progress.report(0.0, message("step.reading", what=shown))
    raw = read_sites(
        arguments.sites,
        layer=arguments.site_layer,
        id_field=arguments.id_field,
        crs=arguments.site_crs,
        fields=parse_fields(arguments),
        table=parse_table_options(arguments),
        bounds=parse_bounds(arguments.site_bounds) if arguments.site_bounds else None,
    )
    layers = FileLayers()
    sites = build_site_set(raw, parse_settings(arguments, find_region(catalogue, layers)))
    cache = None if arguments.no_cache else CompiledCache()
    return Check(sites, catalogue, packs, options, layers, cache, arguments.scheduler)


def _formats(arguments: argparse.Namespace) -> Sequence[ReportFormat]:
    """Return the formats of the report, none where none is wanted."""
    if not arguments.report:
        return ()
    return choose_formats(arguments.report_formats, arguments.report, arguments.language)


def _write_reports(
    arguments: argparse.Namespace,
    check: Check,
    formats: Sequence[ReportFormat],
    progress: TerminalProgress,
) -> None:
    """Write the reports from the file of results: of large batches it holds the worst sites."""
    arguments.report.mkdir(parents=True, exist_ok=True)
    part, stem = SubProgress(progress, 0.96, 1.0), arguments.report / STEM
    if len(check.sites) <= MOST_IN_MEMORY:
        results: Assessment | Excerpt = read_assessment(arguments.out)
    else:
        held = read_excerpt(arguments.out, MOST_SITES)
        results = Excerpt(check.assessment_of(held.tables), held.totals)
    style = choose_style(arguments.house_style, arguments.language, arguments.language)
    edition = Edition(arguments.language, formats, style=style, printer=print_whole)
    write_reports(stem, results, edition, part)


def _summary(outcome: Outcome, language: str) -> list[list[str]]:
    """Return a line for each site, or for each verdict where there are many sites."""
    if outcome.verdicts:
        header = [message(f"cli.column.{name}").text(language) for name in ("verdict", "sites")]
        return [header] + [
            [message(f"verdict.{verdict}").text(language), f"{count:,}"]
            for verdict, count in outcome.verdicts
        ]
    header = [
        message(f"cli.column.{name}").text(language) for name in ("site", "verdict", "reason")
    ]
    return [header] + [
        [
            f"{site} {name}".strip(),
            message(f"verdict.{verdict}").text(language),
            shortened(reason, REASON_COLUMNS),
        ]
        for site, name, verdict, reason in outcome.sites
    ]
