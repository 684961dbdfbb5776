"""A pattern is data: a TOML file says what an identifier looks like, what proves it, how harmful a leak of it is."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
import regex

from piiscan.compiled import compile_all, compile_source, parsed
from piiscan.dictionaries import extra_of, is_installed
from piiscan.errors import ConfigError, PatternError, line_of
from piiscan.fragments import fill_in
from piiscan.messages import _
from piiscan.model import Sensitivity
from piiscan.references import check_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regex import Pattern as Regex

    from piiscan.config import ScanConfig

Category = Literal[
    "my_number", "pension_number", "phone", "payment_card", "postal_code", "address", "email", "person_name",
    "birth_date", "drivers_licence", "passport", "residence_card", "health_insurance", "employment_insurance",
    "care_insurance", "bank_account", "resident_record_code", "vehicle_plate", "credential", "special_care",
    "member_id", "network_id", "us_ssn", "attribute", "corporate_number", "my_number_card",
]  # fmt: skip
LegalClass = Literal["特定個人情報", "個人識別符号", "要配慮個人情報", "機微情報", "個人情報", "個人関連情報"]

#: Names that stand for many patterns.
GROUPS = ("default", "all")
_MARKED = r"⟦(?<value>[^⟧]*)⟧"


_LEVELS = {level.name.lower(): level for level in Sensitivity}


class Title(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name in both languages of the house."""

    en: str
    ja: str

    def in_language(self, language: str) -> str:
        """Give the Japanese name for "ja", the English one for everything else."""
        return self.ja if language == "ja" else self.en


class Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands around a value.

    A label counts within `window` characters before the value, on its line. Shapes named in `required` are findings
    only with a label. `negative` names sets of negative.NEGATIVE and signs of negative.SIGNS. `beside` names patterns
    whose finding within 10 characters supports this one. `marks` are words inside of a value that do a label's work
    (日生), unless they stand right behind a character of `unmarked` (様 in 同様). `headers` are words that are labels
    only where they are all that a column's header, a key or a form's field is called (name): anywhere else they mean
    too much.
    """

    keywords: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    window: int = 40
    required: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    unmarked: str = ""


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One identifier. `shape` names the strength of each spelling (a group of the regex) in context.WEIGHTS.

    `rank` decides between patterns that claim the same characters (higher wins, section B of the specification),
    unless they list each other in `also`. `fingerprint = "run"` is for numbers of which no lasting
    conversion may be kept. `trigger = "label"` is for values that look like much else (dates, numbers of any length):
    what is looked for is the label, and no value without one is a finding. With `default = "off"` it is used only where
    it is asked for.
    """

    id: str
    kind: Literal["regex", "dictionary", "record"]
    title: Title
    category: Category
    sensitivity: Literal["low", "moderate", "high", "critical"]
    legal_class: tuple[LegalClass, ...]
    description: Title
    references: tuple[str, ...]
    regex: str
    shape: dict[str, str]
    mask: str
    canonical: str
    rank: int
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    validator: str = ""
    dictionary: str = ""
    fingerprint: Literal["lasting", "run"] = "lasting"
    also: tuple[str, ...] = ()
    context: Context = Context()
    trigger: Literal["", "label"] = ""
    default: Literal["on", "off"] = "on"

    @property
    def level(self) -> Sensitivity:
        """The sensitivity as a value that compares."""
        return _LEVELS[self.sensitivity]

    @property
    def unlabelled(self) -> tuple[str, ...]:
        """The shapes that would be findings without a label, although only labels are looked for."""
        others = (shape for shape in self.shape if shape not in self.context.required)
        return (*others, *self.context.beside) if self.trigger == "label" else ()

    @property
    def extra(self) -> str:
        """The optional part of piiscan that is needed (`names`), "" for none."""
        return extra_of(self.dictionary)

    def compiled(self) -> Regex[str]:
        """Give the compiled regex."""
        return _compile(self.regex)

    @property
    def source(self) -> str:
        """The regex, fragments filled in."""
        return fill_in(self.regex)

    def marked(self) -> Iterable[tuple[str, tuple[int, int]]]:
        """Give each example as plain text with the span of its marked value."""
        for example in self.examples:
            match = regex.search(_MARKED, example)
            if match is None:
                raise PatternError(self.id, None, "an example marks no value with ⟦ ⟧")
            yield regex.sub(_MARKED, r"\g<value>", example), (match.start(), match.start() + len(match["value"]))


@cache
def _compile(source: str) -> Regex[str]:
    whole = fill_in(source)
    shipped = compile_all(tuple(pattern.source for pattern in load_shipped().values()))
    return shipped[whole] if whole in shipped else compile_source(whole)


def read_pattern(text: str, name: str) -> Pattern:
    """Read one pattern from TOML and check it; PatternError names `name` and the line of what is wrong."""
    pattern = _read(text, name)
    try:
        pattern.compiled()
    except regex.error as error:
        raise PatternError(name, line_of(text, "`regex`"), f"regex: {error}") from None
    check_names(pattern, text, name)
    return pattern


def _read(text: str, name: str) -> Pattern:
    import tomllib  # noqa: PLC0415 - what was read is stored

    try:
        return msgspec.convert(tomllib.loads(text), Pattern)
    except tomllib.TOMLDecodeError as error:
        found = regex.search(r"at line ([0-9]+)", str(error))
        raise PatternError(name, int(found[1]) if found else None, str(error)) from None
    except msgspec.ValidationError as error:
        raise PatternError(name, line_of(text, str(error)), str(error)) from None


def _pattern_files(paths: Iterable[str]) -> Iterable[Path]:
    for path in map(Path, paths):
        if not path.exists():
            raise ConfigError(f"no such pattern file: {path}")
        yield from sorted(path.glob("*.toml")) if path.is_dir() else [path]


def shipped_folder() -> Path:
    """Give the folder of the shipped patterns: inside the package when installed, beside it in a checkout."""
    inside = Path(__file__).parent / "patterns"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "patterns"


@cache
def load_shipped() -> dict[str, Pattern]:
    """Read the shipped patterns. Their regexes stay uncompiled and unchecked until they are used: tests prove them."""
    files = sorted(_pattern_files([str(shipped_folder())]), key=lambda path: path.name)
    texts = [path.read_text(encoding="utf-8") for path in files]

    def read() -> list[Pattern]:
        return [_read(text, path.name) for path, text in zip(files, texts, strict=True)]

    code = Path(__file__).read_text(encoding="utf-8")  # a pattern's fields may be others than those of the store
    return _by_id(zip(files, parsed((*texts, code), Pattern, read), strict=True))


def _own(paths: tuple[str, ...]) -> Iterable[tuple[Path, Pattern]]:
    for path in _pattern_files(paths):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise PatternError(str(path), None, f"cannot be read: {type(error).__name__}") from None
        yield path, read_pattern(text, str(path))


def _by_id(found: Iterable[tuple[Path, Pattern]], known: Mapping[str, Pattern] | None = None) -> dict[str, Pattern]:
    patterns = dict(known or {})
    for path, pattern in found:
        if pattern.id != path.stem:
            raise PatternError(str(path), 1, f"the id {pattern.id!r} is not the file's name")
        if pattern.id in patterns:
            raise PatternError(str(path), 1, f"a pattern {pattern.id!r} exists already")
        patterns[pattern.id] = pattern
    return patterns


@lru_cache(maxsize=4)
def _load(files: tuple[str, ...]) -> dict[str, Pattern]:
    return _by_id(_own(files), load_shipped())


def known_patterns(config: ScanConfig) -> dict[str, Pattern]:
    """Give every pattern there is, the user's own included, by id; PatternError for a bad file."""
    return _load(config.pattern_files)


def load_patterns(config: ScanConfig) -> dict[str, Pattern]:
    """Give the patterns that a configuration names, by id.

    `default` names those that are on by default, `all` all but those that need an optional part of piiscan: what is
    found must not depend on what else is installed, so they are named by their ids. PatternError for a bad file,
    ConfigError for an id that no pattern has, and for a pattern whose optional part is not installed.
    """
    patterns = known_patterns(config)
    names = {*config.patterns} or {"default"}
    if unknown := sorted(names - {*patterns, *GROUPS}):
        raise ConfigError(f"no pattern {unknown[0]!r}")
    on = {key for key, each in patterns.items() if each.default == "on"} if "default" in names else set()
    every = {key for key, each in patterns.items() if not each.extra} if "all" in names else set()
    chosen = {key: each for key, each in patterns.items() if key in names | on | every}
    for each in chosen.values():
        if not is_installed(each.dictionary):
            raise ConfigError(
                _('pattern "{name}" needs an optional part: pip install "piiscan[{extra}]"').format(
                    name=each.id, extra=each.extra
                )
            )
    return chosen
