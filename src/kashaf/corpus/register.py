"""Which article is what was read: by its bytes wherever they lie, else by its place, else a new one.

Members of a file are handled one after the other, so that a file may hold any number of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, Literal

from kashaf import __version__
from kashaf.corpus.article import Article
from kashaf.corpus.catalogue import Catalogue, Entry, FileRecord, Place, Revision
from kashaf.corpus.keeping import Keeper
from kashaf.corpus.likeness import alike, is_number
from kashaf.corpus.loading import from_container, identified, load_articles
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.readers import Failure, Member
from kashaf.corpus.reading import Contents, fields_of, reason_of
from kashaf.corpus.report import Changed, Notes
from kashaf.corpus.rows import Owned, Rows, Survey
from kashaf.corpus.scan import Scan
from kashaf.corpus.walk import Found, shown
from kashaf.errors import BadInput
from kashaf.text.sanitise import sanitise_line
from kashaf.workspace import Workspace

Change = Literal["added", "updated", "unchanged"]

_PENDING_CHARS: Final = 16_000_000  # of articles whose predecessors are looked up together


class Register:
    """One import's dealings with the catalogue. `counts` are of articles."""

    def __init__(
        self,
        workspace: Workspace,
        catalogue: Catalogue,
        options: ReadOptions,
        notes: Notes,
        keeper_of: Callable[[Found], Keeper | None],
    ) -> None:
        self.counts: Counter[Change] = Counter()
        self._workspace = workspace
        self._catalogue = catalogue
        self._options = options
        self._notes = notes
        self._keeper_of = keeper_of
        self._now = datetime.now(UTC).isoformat(timespec="seconds")
        self._seen: dict[str, str] = {}
        self._before = {entry.id for entry in catalogue.present()}

    def removed(self) -> int:
        """How many articles that were there have no place any more."""
        return len(self._before - {entry.id for entry in self._catalogue.present()})

    def claim_known(self, scan: Scan, found: Found, sha256: str | None) -> bool:
        """Whether the catalogue has the file's bytes as they are, wherever they lay before.

        A file that was linked before and is to be copied now is claimed and still to be read.
        """
        record = self._catalogue.files.get(sha256) if sha256 else None
        entries = self._current(record) if record else None
        if record is None or entries is None:
            return False
        for (key, _, _), entry in zip(record.members, entries, strict=True):
            self._claim(scan, found, entry, key)
        keeper = self._keeper_of(found)
        if keeper is not None and not keeper.has(record.sha256):
            return False
        self._note_failures(scan, found, record.failures)
        return True

    def is_known(self, found: Found, sha256: str) -> bool:
        """Whether `claim_known` would say so."""
        record = self._catalogue.files.get(sha256)
        keeper = self._keeper_of(found)
        return (
            record is not None
            and self._current(record) is not None
            and (keeper is None or keeper.has(sha256))
        )

    def survey(self, scan: Scan, found: Found, contents: Contents, room: int) -> Survey:
        """Claim the members whose bytes are known. room: code points of text that may be held.

        A file that cannot be read to its end has no `items`: it is read again by who takes it, and refused there.
        """
        survey = Survey()
        try:
            for item in contents.items():
                self._look_at(scan, found, contents, survey, item)
                if survey.chars > room:
                    survey.items = None
        except BadInput:
            survey.items = None
        return survey

    def _look_at(
        self, scan: Scan, found: Found, contents: Contents, survey: Survey, item: Member | Failure
    ) -> None:
        kept: Member | Failure | Owned = item
        if isinstance(item, Failure):
            # Which articles the bad records were cannot be told.
            scan.unsure.add(found.relative)
        elif self._claim_bytes(scan, found, contents.sha256, item) is not None:
            kept = Owned(item.key, item.sha256)
        else:
            survey.left.add(item.sha256)
            survey.chars += len(item.draft.text)
        if survey.items is not None:
            survey.items.append(kept)

    def take(
        self,
        scan: Scan,
        found: Found,
        contents: Contents,
        items: Iterable[Member | Failure | Owned],
        on_item: Callable[[Member], None] = lambda _: None,
    ) -> Iterator[Article]:
        """Give each member of a file its article. What can be read before a fault is kept."""
        rows = Rows()
        encoding = fault = ""
        try:
            for item in items:
                if isinstance(item, Failure):
                    rows.failures.append((item.member, item.reason))
                    continue
                if isinstance(item, Member):
                    encoding = encoding or item.draft.provenance.encoding
                    on_item(item)
                yield from self._take_one(scan, found, contents, rows, item)
        except BadInput as error:
            fault = reason_of(error)
        yield from self._settle_pending(scan, found, contents, rows)
        if encoding:
            self._notes.encodings[encoding] += 1
        if fault or not (rows.keys or rows.failures):
            scan.unsure.add(found.relative)
            self._notes.refused(shown(found), fault or "no article in it")
            keeper = self._keeper_of(found)
            if keeper is not None and not rows.keys:
                keeper.drop(contents.sha256)
            return
        record = FileRecord(
            contents.sha256,
            tuple(zip(rows.keys, rows.articles, rows.hashes, strict=True)),
            tuple(rows.failures),
        )
        self._catalogue.put_file(record)
        self._note_failures(scan, found, record.failures)
        self._notes.mapped(shown(found), fields_of(contents))

    def drop_missing(self, scan: Scan) -> None:
        for place in self._catalogue.places_of(scan.source):
            if scan.covers(place) and place not in scan.seen:
                self._catalogue.drop_place(place)

    def _take_one(
        self, scan: Scan, found: Found, contents: Contents, rows: Rows, item: Member | Owned
    ) -> Iterator[Article]:
        if isinstance(item, Owned):
            owner = self._catalogue.with_bytes(item.sha256)
            if owner is not None:
                rows.add(item.key, item.sha256, owner.id)
            return
        # The same bytes may have stood before in this file.
        if owner := self._claim_bytes(scan, found, contents.sha256, item):
            rows.add(item.key, item.sha256, owner.id)
        elif item.sha256 in rows.pending_hashes or self._may_be_another(scan, found, contents, rows, item):
            rows.hold(item)
            if rows.pending_chars > _PENDING_CHARS:
                yield from self._settle_pending(scan, found, contents, rows)
        else:
            here = self._here(scan, found, item.key)
            article = self._settle(scan, found, contents, item, here)
            rows.add(item.key, item.sha256, article.id)
            yield article

    def _may_be_another(
        self, scan: Scan, found: Found, contents: Contents, rows: Rows, member: Member
    ) -> bool:
        """Whether there is an article at the place of a member whose key is no more than a number."""
        if not member.key.isdecimal() or self._here(scan, found, member.key) is None:
            return False

        def lines() -> int:
            rows.lines = rows.lines or contents.count_lines()
            return rows.lines

        return is_number(member.key, len(rows.keys) + len(rows.failures) + 1, lines)

    def _settle_pending(self, scan: Scan, found: Found, contents: Contents, rows: Rows) -> Iterator[Article]:
        """Those that hold what is not like what was at their number are articles of their own.

        An old text that can't be read (it was linked) is like nothing: a note must not slide to another article.
        """
        pending, rows.pending, rows.pending_hashes, rows.pending_chars = rows.pending, [], set(), 0
        if not pending:
            return
        at = {member.key: self._here(scan, found, member.key) for _, member in pending}
        old = {
            entry.id: outcome
            for entry, outcome in load_articles(
                self._workspace, self._catalogue, filter(None, at.values()), self._options
            )
        }
        for number, member in pending:
            if owner := self._claim_bytes(scan, found, contents.sha256, member):
                rows.articles[number] = owner.id
                continue
            here = self._here(scan, found, member.key)
            was = old.get(here.id) if here is not None else None
            same = isinstance(was, Article) and alike(was, member.draft)
            article = self._settle(scan, found, contents, member, here if same else None)
            rows.articles[number] = article.id
            yield article

    def _current(self, record: FileRecord) -> list[Entry] | None:
        entries: list[Entry] = []
        for _, article_id, member_sha256 in record.members:
            entry = self._catalogue.get(article_id)
            if entry is None or entry.current.member_sha256 != member_sha256:
                return None
            entries.append(entry)
        return entries

    def _here(self, scan: Scan, found: Found, key: str) -> Entry | None:
        """The article that was at the member's place and was seen nowhere else."""
        same_file = [scan.place(found, key), *scan.aliases(found, key)]
        here = next(filter(None, map(self._catalogue.at, same_file)), None)
        if here is None or here.id in scan.claimed:
            return None
        # Another file may still hold the bytes where this pass does not look.
        return here if all(map(scan.covers, here.places.difference(same_file))) else None

    def _claim_bytes(self, scan: Scan, found: Found, sha256: str, member: Member) -> Entry | None:
        """The article that has the member's bytes already, now with this place."""
        known = self._catalogue.with_bytes(member.sha256)
        if known is None:
            return None
        entry = self._claim(scan, found, known, member.key)
        keeper = self._keeper_of(found)
        if keeper is not None and not keeper.has(entry.current.raw_sha256):
            # The file that held it was linked, or lost: this one is kept.
            revision = self._revision(found, sha256, member)
            entry = replace(entry, revisions=(*entry.revisions[:-1], revision))
            self._catalogue.put(entry)
        return entry

    def _claim(self, scan: Scan, found: Found, entry: Entry, key: str) -> Entry:
        place = scan.place(found, key)
        if place not in scan.seen:
            self._sight(found, entry, place)
        scan.claimed.add(entry.id)
        scan.seen.add(place)
        if place not in entry.places:
            self._catalogue.drop_place(place)
            entry = replace(entry, places=entry.places | {place})
            self._catalogue.put(entry)
        return entry

    def _sight(self, found: Found, entry: Entry, place: Place) -> None:
        """Count an article once, and say where else its bytes lie."""
        here = _label(found, place.member)
        first = self._seen.get(entry.id)
        if first is None:
            self._seen[entry.id] = here
            self.counts["unchanged" if entry.id in self._before else "added"] += 1
        elif first != here:
            self._notes.copies(entry.id, first, here)

    def _settle(
        self, scan: Scan, found: Found, contents: Contents, member: Member, here: Entry | None
    ) -> Article:
        """The article of unknown bytes: `here` with a revision more, or a new one."""
        place = scan.place(found, member.key)
        revision = self._revision(found, contents.sha256, member)
        kind: Change = "updated" if here is not None else "added"
        if here is not None:
            entry = replace(here, revisions=(*here.revisions, revision), places=here.places | {place})
        else:
            self._catalogue.drop_place(place)
            new_id = self._catalogue.mint_id(contents.sha256, member.key)
            entry = Entry(new_id, (revision,), frozenset({place}))
        self._catalogue.put(entry)
        scan.claimed.add(entry.id)
        scan.seen.add(place)
        article = identified(entry, from_container(member.draft, revision), self._options)
        where = _label(found, member.key)
        if entry.id not in self._seen:
            self._seen[entry.id] = where
            self.counts[kind] += 1
        self._notes.formats[contents.format] += 1
        self._notes.warn(where, article.provenance.warnings)
        self._notes.changed(kind, Changed(entry.id, where, article.title))
        return article

    def _revision(self, found: Found, sha256: str, member: Member) -> Revision:
        return Revision(
            sha256, member.key, member.sha256, found.relative, self._now, __version__,
            found.container, found.container_sha256, found.hints,
        )  # fmt: skip

    def _note_failures(self, scan: Scan, found: Found, failures: Collection[tuple[str, str]]) -> None:
        if failures:
            # Which articles the bad records were cannot be told.
            scan.unsure.add(found.relative)
        for member, reason in failures:
            self._notes.refused(_label(found, member), reason)


def _label(found: Found, member: str) -> str:
    return f"{shown(found)}#{sanitise_line(member)}" if member else shown(found)
