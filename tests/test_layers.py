"""Imports point down, siblings never import each other, libraries stay in their rooms, and rooms stay small."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from piiscan import automata

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "piiscan"

#: From top to bottom, as docs/design.md tells it; a folder stands for the modules in it. A new module has to be
#: placed here, and may import only what stands in a lower line.
LEVELS = (
    "__main__",
    "stdregexes",
    "cli",
    "config_file",
    "survey decisions coveragetables",
    "workbooks review",
    "xlsxfile holdingcells runrecord",
    "xlsxparts",
    "sheets",
    "settings pathmask",
    "keys",
    "selftest run hook",
    "estimate",
    "recording inventory changes coverage",
    "answers",
    "sealed",
    "catalog conditions concerned recall results known",
    "books",
    "later",
    "pool ahead",
    "seat assembly",
    "inline preload",
    "worker",
    "scan walk wire",
    "reading",
    "contents",
    "eye",
    "reports overviews sinks extractors sources",
    "filelists backmatter closing",
    "frontpage",
    "filerows",
    "policy holdingfigures",
    "retention breach owners",
    "tallies policyfile documentdates",
    "acknowledge",
    "globs policyrules",
    "digest collector",
    "tableparts",
    "detect subjects",
    "peoplerows quiet birthcolumns employers hashing",
    "headcount rowmass figures dropped leftlabels located namecolumns sections",
    "columns",
    "dense",
    "seencells",
    "cells engine",
    "automata sparse",
    "prefilter derive",
    "firstpass nearwords",
    "lineends reach searched",
    "grids paragraphs printedtables odftext rtfflow wordtext",
    "odfrows",
    "tablerows pdfpage ocrlines",
    "pdfmarks pagelayout pdfdraw pdffonts",
    "alignedtables ruledtables pdflines pdfitems pdfturn",
    "ruledgrids pagetable pdfcalls",
    "plain",
    "runs pdfxmp ripgrep",
    "sheetlibrary",
    "biffsheet sheetslices",
    "sheettables sheetvalues relations probes opentable tagvalues odfruns biffbook biff12",
    "records",
    "even stack",
    "batch",
    "jsonpieces sqlends sqltables",
    "nested",
    "tags jsonwhole sqlheads",
    "jsonrows formrows",
    "claims companions mapimessage msgcopy",
    "candidate cursor jsontokens elements flow pdfparts pdfopinion pdfmend pdfbombs ooxml sheetxml rtfobject",
    "mime mailheader mapi contentlines",
    "linkformulas pattern fields postalhomes tesseract retouch",
    "references",
    "labeltrigger",
    "choices",
    "alike digitrun trigger",
    "plan lostzeros",
    "rarewidths",
    "runningtext",
    "validators dictionaries compiled",
    "bulk",
    "template",
    "labelled boxes splitcells erachoices",
    "addresscolumns",
    "context foldedlines",
    "population",
    "headrows labelwords",
    "oleobjects rtfgroup negative redact shares tables dialect pagerows pagematrix pdfstreams transfer workbook",
    "heldtext",
    "rawblocks firstchars",
    "propertysets surroundings spread check_digit era spelling headers blocks encoding valid regextree",
    "bytesets narrow stored storagecopy officelocks",
    "compound wordfile charset digitformats faults git package gauge forkserver spans automaton backlog",
    "zipalone plausible foldedcells",
    "archivestream roworder",
    "officeart formcontrols",
    "inflate",
    "settinglines wordmarks rtftokens rtfwords biff pptrecords overlap fastbytes hashes sqlrows fragments windows",
    "exposure spool",
    "ntacl posixacl mounts",
    "readers",
    "overviewwords passwords terminalpage lineindex",
    "wording messages",
    "config",
    "piece findings seals membernames foldmass",
    "foldermap",
    "holdings remedies",
    "model text",
    "numberbreaks",
    "shifts addressbreaks formats",
    "places",
    "data variants verdict markup compressedrtf",
    "people gaps explained pages",
    "errors pace hours nice possessive printable wrap registry roles __init__",
)
LEVEL_OF = {name: level for level, names in enumerate(LEVELS) for name in names.split()}
#: Folders of siblings that never import each other; what they share is a module of its own.
PLURAL = {"extractors", "validators", "dictionaries", "reports", "overviews", "sinks", "sources"}
#: A row of such a folder's table is no sibling of the table itself, which may ask these for a decision.
DECIDERS = {"extractors.signatures"}

#: The modules (or folders) in which a library may be imported. Libraries for formats belong to one extractor each.
LIBRARIES = {
    "typer": {"cli"},
    "rich": {"cli"},
    "lxml": {"ooxml", "sheetxml", "pdfxmp"},
    "hyperscan": {"automaton"},
    "isal": {"inflate"},
    "olefile": {"compound"},
    "msoffcrypto": {"officelocks"},
    "libarchive": {"archivestream"},
    "sudachipy": {"dictionaries.prose"},
    "msgspec": {
        "automata",
        "companions",
        "compiled",
        "dense",
        "owners",
        "pattern",
        "plan",
        "policyfile",
        "policyrules",
        "reports.jsonl",
        "sheetvalues",
    },
    "numpy": {
        "bulk",
        "cells",
        "check_digit",
        "columns",
        "dense",
        "fastbytes",
        "foldmass",
        "hashing",
        "retouch",
        "seencells",
        "spool",
        "peoplerows",
        "rowmass",
        "validators.corporate_number",
        "validators.drivers_licence",
        "validators.bank_account",
        "validators.care_insurance",
        "validators.employment_insurance",
        "validators.health_insurance",
        "validators.health_insurance_card",
        "validators.my_number",
        "validators.my_number_card",
        "validators.payment_card",
        "validators.pension",
        "validators.phone",
        "validators.postal_code",
        "validators.resident_record",
        "validators.travel",
        "validators.us_ssn",
        "validators.yucho",
    },
    "pathspec": {"walk", "hook", "globs"},
    "python_calamine": {"extractors", "review", "sheetlibrary"},
    "pypdfium2": {
        *(
            "extractors.pdf",
            "pdfcalls",
            "pdfdraw",
            "pdffonts",
            "pdfitems",
            "pdfmarks",
            "pdfpage",
            "pdfparts",
            "pdfturn",
        ),
    },
    "pdfminer": {"pdfopinion"},
    "regex": {"pattern", "candidate", "compiled", "context", "text", "selftest", "run", "regextree", "spans"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))
LINES, STATEMENTS = 250, 40


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _imports(path: Path) -> tuple[str, ...]:
    """Give the full names of the modules that are imported when the program runs."""
    return tuple(_iter_imports(_tree(path)))


def _iter_imports(tree: ast.Module) -> Iterator[str]:
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (_from(node.module, alias.name) for alias in node.names)


def _from(module: str, name: str) -> str:
    """Tell `from piiscan.cli import options` (a module) from `from piiscan.model import Record` (a name)."""
    inside = ROOT.joinpath(*module.split("."), name)
    return f"{module}.{name}" if inside.with_suffix(".py").exists() or inside.is_dir() else module


def _own(path: Path) -> Iterator[str]:
    for name in _imports(path):
        if name == "piiscan" or name.startswith("piiscan."):
            yield name.removeprefix("piiscan").removeprefix(".") or "__init__"


def test_every_module_has_its_level() -> None:
    assert {_name(path).split(".")[0] for path in MODULES} == set(LEVEL_OF)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_point_down(path: Path) -> None:
    room = _name(path).split(".")[0]
    other_rooms = {name for name in _own(path) if name.split(".")[0] != room}
    assert {name for name in other_rooms if LEVEL_OF[name.split(".")[0]] <= LEVEL_OF[room]} == set()


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_siblings_never_import_each_other(path: Path) -> None:
    room, _, leaf = _name(path).partition(".")
    if room in PLURAL:
        siblings = {name for name in _own(path) if name.split(".")[0] == room and name != room}
        assert siblings - (DECIDERS if not leaf else set()) == set()


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    name = _name(path)
    for library in {name.partition(".")[0] for name in _imports(path)} - sys.stdlib_module_names - {"piiscan"}:
        if library not in LIBRARIES:
            assert name.startswith("extractors."), library
        else:
            assert {name, name.split(".")[0]} & LIBRARIES[library], library


def test_the_only_dynamic_import_is_in_the_registry() -> None:
    dynamic = re.compile(r"import_module|__import__|\b(?:exec|eval)[(]")
    users = {_name(path) for path in MODULES if dynamic.search(path.read_text(encoding="utf-8"))}
    assert users == {"registry"}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_files_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef):
            statements = sum(isinstance(inner, ast.stmt) for inner in ast.walk(node)) - 1
            assert statements <= STATEMENTS, node.name


def test_whoever_makes_automata_is_part_of_what_they_are_stored_under() -> None:
    makers, waiting = set[str](), {"derive"}
    while waiting:
        makers |= waiting
        used = {name for maker in waiting for name in _own(PACKAGE / f"{maker}.py")}
        waiting = {name for name in used if (PACKAGE / f"{name}.py").exists()} - makers
    assert makers <= {*automata._MAKERS}
