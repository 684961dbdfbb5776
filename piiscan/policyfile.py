"""The rules that policy judges by, read from TOML: the shipped ones in policy/, then the user's own over them.

An entry of the user's with the `id` of a shipped one changes the values that it names; others are added. The user's
actions come before the shipped ones, as the first that fits decides.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from piiscan.errors import ConfigError, line_of
from piiscan.globs import check_globs
from piiscan.messages import _
from piiscan.policyrules import Operator, Policy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Tables whose entries have an id.
_ENTRIES = ("trigger", "duty", "retention", "action")
_ENTRY = re.compile(r"\$\.([a-z]+)\[([0-9]+)\]")


def load_policy(files: Sequence[Path] = ()) -> Policy:
    """Read the shipped rules and the user's `files` over them; raises ConfigError for whatever cannot be used."""
    document, policy = _shipped()
    for path in files:
        added, text = read_toml(path)
        try:
            document = _merged(document, added)
            policy = _converted(document)
        except (ValueError, msgspec.ValidationError) as error:
            raise config_error(path, text, error, document) from None
    return policy


def for_operator(policy: Policy, operator: str) -> Policy:
    """Give the rules as they hold for an operator, "private" or "public"; raises ConfigError for another."""
    if operator not in get_args(Operator):
        raise ConfigError(_("--operator: not one of {choices}").format(choices=", ".join(get_args(Operator))))
    return msgspec.structs.replace(policy, operator=operator)


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """Read a file of TOML, with its text; raises ConfigError."""
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), text
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line ([0-9]+)", str(error))
        raise ConfigError(f"{path}:{found[1] if found else max(1, len(text.splitlines()))}: {error}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8") from None


def config_error(path: Path, text: str, error: Exception, document: dict[str, Any]) -> ConfigError:
    """Say what is wrong with a file, and in which line as far as that is known.

    Errors count the entries of all files together in `document`: to a person they are named by their ids.
    """
    message, above = str(error), ""
    if at := _ENTRY.search(message):
        entry = document[at[1]][int(at[2])]
        name = entry.get("id", "") if isinstance(entry, dict) else ""
        message = message.replace(at[0], f"$.{at[1]}" + (f'("{name}")' if name else ""))
        if name and (found := re.search(rf"^\s*id\s*=\s*[\"']{re.escape(name)}[\"']", text, re.MULTILINE)):
            above = text[: found.start()]
    line = line_of(text[len(above) :], re.sub(r'\("[^"]*"\)', "", message))
    return ConfigError(f"{path}:{line + above.count(chr(10))}: {message}" if line else f"{path}: {message}")


@cache
def _shipped() -> tuple[dict[str, Any], Policy]:
    document: dict[str, Any] = {}
    inside = Path(__file__).parent / "policies"
    folder = inside if inside.is_dir() else Path(__file__).parent.parent / "policy"
    for path in sorted(folder.glob("*.toml")):
        document = _merged(document, read_toml(path)[0])
    return document, _converted(document)


def _merged(document: dict[str, Any], added: dict[str, Any]) -> dict[str, Any]:
    whole = dict(document)
    for key, value in added.items():
        before = document.get(key)
        if key in _ENTRIES and isinstance(value, list):
            whole[key] = _merged_entries(key, before or [], value)
        elif isinstance(before, dict) and isinstance(value, dict):
            whole[key] = _merged(before, value)
        else:
            whole[key] = before + value if key == "hold" and before and isinstance(value, list) else value
    return whole


def _merged_entries(key: str, before: list[Any], added: list[Any]) -> list[Any]:
    ids = [entry.get("id") if isinstance(entry, dict) else None for entry in added]
    if twice := next((name for name in ids if name and ids.count(name) > 1), None):
        raise ValueError(f'two entries of `{key}` have the id "{twice}"')
    changes = dict(zip(ids, added, strict=True))
    known = {entry["id"] for entry in before}
    changed = [{**entry, **changes.get(entry["id"], {})} for entry in before]
    new = [entry for name, entry in zip(ids, added, strict=True) if name not in known]
    return new + changed if key == "action" else changed + new


def _converted(document: dict[str, Any]) -> Policy:
    policy = msgspec.convert(document, Policy)
    if problem := next(_iter_problems(policy), None):
        raise ValueError(problem)
    return policy


def _iter_problems(policy: Policy) -> Iterator[str]:
    check_globs((*(each for rule in policy.retention for each in rule.globs), *(hold.glob for hold in policy.hold)))
    triggers = {rule.id for rule in policy.trigger}
    for duty in policy.duty:
        yield from (f'`{duty.id}`: no trigger "{name}"' for name in duty.triggers if name not in triggers)
    yield from (
        f'`{rule.id}`: no trigger "{rule.more_than}"' for rule in policy.action if rule.more_than not in {"", *triggers}
    )
    for rule in policy.trigger:
        if (rule.counts == "nothing") != (rule.question is not None):
            yield f"`{rule.id}`: a question is needed where nothing is counted, and there only"
        if rule.counts in {"classes", "patterns"} and not getattr(rule, rule.counts):
            yield f"`{rule.id}`: `{rule.counts}` must name what is counted"
