"""What was decided about single lines: brought back, or always dropped. Kept in `state/lines.yaml`.

A decision is about a line as `chrome.normal_form` sees it, in a scope: one article, an outlet, or all (`*`). The
narrower scope wins. The analyst decides, and so does repetition (a line that an outlet prints with article after
article); a decision of the analyst is never replaced by a learned one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Final, Literal, Self, cast, get_args

from kashaf.corpus.chrome import Rule, normal_form, parse_rules
from kashaf.errors import BadInput
from kashaf.text.sanitise import sanitise_line
from kashaf.yaml_safe import MAX_BYTES, load_yaml

Verdict = Literal["keep", "drop"]
Judge = Literal["analyst", "repetition"]

NAME: Final = "lines.yaml"
RULES_NAME: Final = "chrome.yaml"
EVERYWHERE: Final = "*"
MAX_LINE_CHARS: Final = 10_000
MAX_DECISIONS: Final = 50_000
_FOLDER: Final = "folder:"
_KEYS: Final = frozenset({"line", "verdict", "scope", "by", "when", "why"})
_HEADER: Final = """\
# Lines that were brought back (keep) or are always dropped (drop). Kashaf writes this file; you may edit it.
# scope: an article ("<SHA-256 of its file>#<member>"), an outlet, "folder:<its folder>", or "*" for all.
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What shall happen to a line in a scope. line: as it was seen. by: who decided; when: ISO 8601, UTC.

    why: what a learned decision rests on, in words: `in 12 of 40 articles`.
    """

    line: str
    verdict: Verdict
    scope: str
    by: Judge = "analyst"
    when: str = ""
    why: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What it is about: of two decisions with one key, the later stands."""
        return self.scope, normal_form(self.line)


@dataclass(frozen=True, slots=True)
class LineDecisions:
    """The decisions of a workspace, and the rules of chrome that its analyst has added. Can be pickled and hashed."""

    decisions: tuple[Decision, ...] = ()
    rules: tuple[Rule, ...] = ()
    _table: dict[str, dict[str, Decision]] = field(init=False, repr=False, compare=False)
    _digests: dict[str, str] = field(init=False, repr=False, compare=False)
    _longest: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        table: dict[str, dict[str, Decision]] = {}
        for decision in self.decisions:
            scope, normal = decision.key
            table.setdefault(scope, {})[normal] = decision
        object.__setattr__(self, "_table", table)
        # The same line may have marks and bullets elsewhere, but is not twice as long for them.
        longest = max((2 * len(one.line) + 40 for one in self.decisions), default=0)
        object.__setattr__(self, "_longest", longest)
        object.__setattr__(
            self,
            "_digests",
            {scope: _digest(sorted((normal, one.verdict) for normal, one in some.items()))
             for scope, some in table.items()},
        )  # fmt: skip

    @classmethod
    def load(cls, state: Path, rules_file: Path | None = None) -> Self:
        """Those kept in a workspace's `state`, and the analyst's own rules; none where a file is not there.

        Raises BadInput, naming the file, when one is not what it should be; DiskTrouble.
        """
        written = _read(rules_file) if rules_file is not None else None
        rules = parse_rules(written, where=str(rules_file)).rules if written is not None else ()
        return cls(_load(state / NAME), rules)

    def __bool__(self) -> bool:
        return bool(self.decisions)

    def verdict(self, normal: str, article_scope: str, outlet_scope: str) -> Verdict | None:
        """What was decided about a line in its normal form; the narrowest scope that says something wins."""
        found = self._find(normal, article_scope, outlet_scope)
        return found.verdict if found is not None else None

    def decision(self, line: str, article_scope: str, outlet_scope: str) -> Decision | None:
        """The decision that a line of an article falls under."""
        if len(line) > self._longest:
            return None
        return self._find(normal_form(line), article_scope, outlet_scope)

    def _find(self, normal: str, article_scope: str, outlet_scope: str) -> Decision | None:
        for scope in (article_scope, outlet_scope, EVERYWHERE):
            found = self._table.get(scope)
            if found is not None and normal in found:
                return found[normal]
        return None

    def touches(self, article_scope: str, outlet_scope: str) -> bool:
        """Whether there is any decision that an article of these scopes is under."""
        return bool(self._table) and not self._table.keys().isdisjoint(
            (article_scope, outlet_scope, EVERYWHERE)
        )

    def stamp(self, article_scope: str, outlet_scope: str) -> str:
        """Changes when a decision or a rule does that may touch the article; empty when there are none."""
        parts = [self._digests.get(scope, "") for scope in (article_scope, outlet_scope, EVERYWHERE)]
        if self.rules:
            parts.append(repr(self.rules))
        return _digest(parts) if any(parts) else ""

    def of(self, line: str, scope: str) -> Decision | None:
        """The decision that is kept for that line in just that scope: what an undo puts back."""
        wanted = scope, normal_form(line)
        return next((one for one in self.decisions if one.key == wanted), None)

    def brought_back(self) -> frozenset[str]:
        """The normal forms of all lines that the analyst keeps, in whatever scope."""
        return frozenset(
            one.key[1] for one in self.decisions if one.by == "analyst" and one.verdict == "keep"
        )

    def with_all(self, new: Iterable[Decision]) -> LineDecisions:
        """These and `new` ones, which replace those about the same; a learned one replaces none of the analyst's."""
        merged = {one.key: one for one in self.decisions}
        for one in new:
            before = merged.get(one.key)
            if one.by == "analyst" or before is None or before.by != "analyst":
                merged.pop(one.key, None)
                merged[one.key] = one
        return LineDecisions(tuple(merged.values()), self.rules)


def article_scope(raw_sha256: str, member: str) -> str:
    """The scope of one article: the bytes that it was read from, and its place in them."""
    return f"{raw_sha256}#{member}"


def outlet_scope(outlet: str | None, path: str) -> str:
    """The scope of an outlet: its name, or the folder of the article's file where no outlet is stated."""
    if not outlet:
        return f"{_FOLDER}{PurePosixPath(path).parent}"
    # A page may call itself anything, but must not speak for others.
    return f"outlet:{outlet}" if outlet == EVERYWHERE or outlet.startswith(_FOLDER) else outlet


def keep(state: Path, line: str, scope: str = EVERYWHERE) -> LineDecisions:
    """Bring a line back, for good. Raises BadInput for a line that is none; DiskTrouble, Locked."""
    return record(state, [_decided(line, "keep", scope)])


def drop(state: Path, line: str, scope: str = EVERYWHERE) -> LineDecisions:
    """Drop a line, always. Raises as `keep` does."""
    return record(state, [_decided(line, "drop", scope)])


def forget(state: Path, line: str, scope: str = EVERYWHERE) -> LineDecisions:
    """Take back what was decided about a line in a scope; nothing happens when nothing was."""
    return _change(state, (), without=(scope, normal_form(line)))


def record(state: Path, decisions: Sequence[Decision]) -> LineDecisions:
    """Keep decisions durably in a workspace's `state`, and give back all that are kept now (without the rules).

    Raises BadInput when the file that is there cannot be read: it is left as it is. DiskTrouble, Locked.
    """
    return _change(state, decisions)


def _change(state: Path, new: Sequence[Decision], *, without: tuple[str, str] | None = None) -> LineDecisions:
    from kashaf.storage.atomic import ensure_dir, write_text  # noqa: PLC0415 -- readers never write
    from kashaf.storage.lock import Lock  # noqa: PLC0415

    ensure_dir(state)
    path = state / NAME
    lock = Lock(path, "deciding about lines")
    lock.acquire(blocking=True, timeout=10)
    try:
        before = LineDecisions.load(state)
        left = [one for one in before.decisions if one.key != without]
        after = LineDecisions(tuple(left)).with_all(new)
        if len(after.decisions) > MAX_DECISIONS:
            raise BadInput(f"over {MAX_DECISIONS} decisions", where=str(path), cure="Take some out")
        if after != before:
            write_text(path, _written(after.decisions))
    finally:
        lock.release()
    return after


def _decided(line: str, verdict: Verdict, scope: str) -> Decision:
    text = sanitise_line(line)
    if not text or len(text) > MAX_LINE_CHARS or not scope:
        raise BadInput("not a line of an article", cure="Choose a line that is shown")
    return Decision(text, verdict, scope, "analyst", datetime.now(UTC).isoformat(timespec="seconds"))


def _written(decisions: Sequence[Decision]) -> str:
    import yaml  # noqa: PLC0415

    entries = [
        {name: value for name in ("line", "verdict", "scope", "by", "when", "why")
         if (value := getattr(one, name))}
        for one in decisions
    ]  # fmt: skip
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    body: str = yaml.dump(
        {"decisions": entries}, Dumper=dumper, allow_unicode=True, sort_keys=False, width=100_000
    )
    return _HEADER + body


def _read(path: Path) -> str | None:
    from kashaf.storage.atomic import read_bytes  # noqa: PLC0415

    data = read_bytes(path, limit=MAX_BYTES)
    if data is None:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("not UTF-8", where=str(path), cure="Save it as UTF-8") from error


def _load(path: Path) -> tuple[Decision, ...]:
    text = _read(path)
    document = load_yaml(text, where=str(path)) if text is not None else None
    if document is None:
        return ()
    entries = document.get("decisions") if isinstance(document, dict) else None
    if not isinstance(entries, list) or len(entries) > MAX_DECISIONS:
        raise BadInput(
            "no list of decisions",
            where=str(path),
            cure="Write `decisions:` and a list under it, or remove it",
        )
    found = [_decision(entry, number, path) for number, entry in enumerate(entries, 1)]
    return tuple({one.key: one for one in found}.values())


def _decision(entry: object, number: int, path: Path) -> Decision:
    known = entry if isinstance(entry, dict) and not set(map(str, entry)) - _KEYS else {}
    line, verdict, scope = known.get("line"), known.get("verdict"), known.get("scope")
    by, when, why = known.get("by", "analyst"), known.get("when", ""), known.get("why", "")
    if isinstance(when, (date, datetime)):
        when = when.isoformat()
    if (
        not isinstance(line, str)
        or not 0 < len(line) <= MAX_LINE_CHARS
        or not isinstance(scope, str)
        or not scope
        or verdict not in get_args(Verdict)
        or by not in get_args(Judge)
        or not isinstance(when, str)
        or not isinstance(why, str)
    ):
        raise BadInput(
            f"decision {number} is none",
            where=str(path),
            cure="It has a line, a verdict (keep or drop) and a scope",
        )
    return Decision(
        sanitise_line(line), cast(Verdict, verdict), scope, cast(Judge, by), sanitise_line(when),
        sanitise_line(why),
    )  # fmt: skip


def _digest(parts: Iterable[object]) -> str:
    said = "\0".join(map(repr, parts))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]
