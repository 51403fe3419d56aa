"""What happens to articles, for `anchor_matrix.py`: ways to make one, and to change it.

A case keeps the quote apart from what stands around it, so that where its words went is known by construction.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from scripts.anchor_cleaning import Change
from scripts.anchor_prose import CHROME, Prose


@dataclass(frozen=True, slots=True)
class Case:
    """An article in pieces: lines above, the line with the quote as head, quote and tail, lines below."""

    above: tuple[str, ...]
    head: str
    quote: str
    tail: str
    below: tuple[str, ...]

    @property
    def line(self) -> str:
        return self.head + self.quote + self.tail

    @property
    def text(self) -> str:
        return "\n".join([*self.above, *([self.line] if self.line else []), *self.below])

    @property
    def span(self) -> tuple[int, int]:
        """Where the quote is; empty when it is nowhere."""
        start = sum(len(line) + 1 for line in self.above) + len(self.head)
        return start, start + len(self.quote)


Edit = Callable[[Case, Prose], Case]
Make = Callable[[Prose], Case]


def marked(prose: Prose, lines: list[str]) -> Case:
    """A quote by chance in these lines: a word, some words, a sentence, a paragraph or a piece of whatever."""
    chance = prose.chance
    at = chance.randrange(len(lines))
    line = lines[at]
    kind = chance.choice(("word", "words", "words", "sentence", "paragraph", "piece"))
    words = [len(" ".join(line.split(" ")[:n])) + (n > 0) for n in range(len(line.split(" ")))]
    if kind == "paragraph":
        start, end = 0, len(line)
    elif kind == "sentence":
        start = chance.choice([0, *(i + 2 for i in range(len(line) - 2) if line[i : i + 2] == ". ")])
        end = line.find(".", start) + 1 or len(line)
    elif kind == "piece":
        start = chance.randrange(len(line) - 3)
        end = chance.randint(start + 3, min(len(line), start + 80))
    else:
        many = 1 if kind == "word" else chance.randint(2, 7)
        first = chance.randrange(len(words))
        start = words[first]
        end = words[first + many] - 1 if first + many < len(words) else len(line)
    if not line[start:end].strip():
        start, end = 0, len(line)
    return Case(tuple(lines[:at]), line[:start], line[start:end], line[end:], tuple(lines[at + 1 :]))


def article(prose: Prose) -> Case:
    return marked(prose, prose.article(prose.chance.randint(4, 14)))


def long_article(prose: Prose) -> Case:
    return marked(prose, prose.article(60))


def with_chrome(prose: Prose) -> Case:
    """Site chrome between the paragraphs."""
    lines: list[str] = []
    for line in prose.article(prose.chance.randint(4, 10)):
        lines.append(line)
        lines += [prose.chance.choice(CHROME)] * (prose.chance.random() < 0.5)
    case = marked(prose, lines)
    return case if case.line not in CHROME else with_chrome(prose)


def formulas(prose: Prose) -> Case:
    """Lines on one form among paragraphs, and the quote in one of them."""
    lines = prose.formulas(prose.chance.randint(3, 8))
    case = marked(prose, lines)
    return replace(case, above=(*prose.article(2), *case.above), below=(*case.below, prose.paragraph()))


def said_twice(prose: Prose) -> Case:
    """The quote stands in another paragraph too, or alone as a pull quote."""
    case = article(prose)
    lines = list(case.below)
    alone = prose.chance.random() < 0.5
    more = case.quote if alone else f"{prose.words(4)} {case.quote} {prose.words(4)}"
    lines.insert(prose.chance.randrange(len(lines) + 1), more)
    if prose.chance.random() < 0.5:
        return replace(case, above=(*case.above, more), below=case.below)
    return replace(case, below=tuple(lines))


def letter(chance: random.Random) -> str:
    return chance.choice("ابتجحدرسصطعفقكلمنهوي")


def _cut(text: str, chance: random.Random, *, edges: bool = True) -> int:
    """Between two words, or before the first and after the last; 0 when there is no such place."""
    cuts = [at + 1 for at, char in enumerate(text) if char == " " and 0 < at < len(text) - 1]
    return chance.choice([0, *cuts, len(text)] if edges else cuts or [0])


def insert(size: str, *, edges: bool = True) -> Change:
    """edges: also before the first word and after the last; else a text of one word stays as it is."""

    def change(text: str, prose: Prose) -> str:
        if size == "letter":
            at = prose.chance.randrange(1, max(2, len(text)))
            return text[:at] + letter(prose.chance) + text[at:]
        new = {"word": prose.word, "words": lambda: prose.words(4), "sentence": prose.sentence}[size]()
        at = _cut(text, prose.chance, edges=edges)
        if not edges and not at:
            return text
        return f"{text[:at]}{new} {text[at:]}" if at < len(text) else f"{text} {new}"

    return change


def delete(size: str) -> Change:
    def change(text: str, prose: Prose) -> str:
        if size == "letter":
            at = prose.chance.randrange(max(1, len(text)))
            return text[:at] + text[at + 1 :]
        words = text.split(" ")
        many = {"word": 1, "words": 3, "sentence": 8}[size]
        at = prose.chance.randrange(max(1, len(words) - many + 1))
        return " ".join(words[:at] + words[at + many :])

    return change


def change(size: str) -> Change:
    def changed(text: str, prose: Prose) -> str:
        if size == "letter":
            at = prose.chance.randrange(max(1, len(text)))
            return text[:at] + letter(prose.chance) + text[at + 1 :]
        words = text.split(" ")
        many = {"word": 1, "words": 3, "sentence": 8}[size]
        at = prose.chance.randrange(max(1, len(words) - many + 1))
        return " ".join(words[:at] + prose.words(min(many, len(words))).split(" ") + words[at + many :])

    return changed


def rewritten(text: str, prose: Prose, part: float) -> str:
    """A part of the words replaced by others."""
    return " ".join(prose.word() if prose.chance.random() < part else word for word in text.split(" "))


def _within(text: str, prose: Prose, edit: Change) -> str:
    """The edit of what is between the spaces at both ends, so that no words grow together."""
    core = text.strip(" ")
    at = text.index(core)
    return text[:at] + edit(core, prose) + text[at + len(core) :]


def at_head(edit: Change) -> Edit:
    def edited(case: Case, prose: Prose) -> Case:
        if case.head.strip():
            return replace(case, head=_within(case.head, prose, edit))
        if case.above:
            return replace(case, above=(*case.above[:-1], edit(case.above[-1], prose)))
        return replace(case, head=prose.words(3) + " ")

    return edited


def at_tail(edit: Change) -> Edit:
    def edited(case: Case, prose: Prose) -> Case:
        if case.tail.strip():
            return replace(case, tail=_within(case.tail, prose, edit))
        if case.below:
            return replace(case, below=(edit(case.below[0], prose), *case.below[1:]))
        return replace(case, tail=" " + prose.words(3))

    return edited


def inside(edit: Change) -> Edit:
    return lambda case, prose: replace(case, quote=_within(case.quote, prose, edit))


def everywhere(edit: Change) -> Edit:
    """The same done to every piece."""
    return lambda case, prose: Case(
        tuple(edit(line, prose) for line in case.above),
        edit(case.head, prose),
        edit(case.quote, prose),
        edit(case.tail, prose),
        tuple(edit(line, prose) for line in case.below),
    )


def both(first: Edit, *others: Edit) -> Edit:
    def edit(case: Case, prose: Prose) -> Case:
        case = first(case, prose)
        for other in others:
            case = other(case, prose)
        return case

    return edit


def paragraph_before(case: Case, prose: Prose) -> Case:
    at = prose.chance.randrange(len(case.above) + 1)
    return replace(case, above=(*case.above[:at], prose.paragraph(), *case.above[at:]))


def paragraph_after(case: Case, prose: Prose) -> Case:
    at = prose.chance.randrange(len(case.below) + 1)
    return replace(case, below=(*case.below[:at], prose.paragraph(), *case.below[at:]))


def neighbours_gone(case: Case, _: Prose) -> Case:
    return replace(case, above=case.above[:-1], below=case.below[1:])


def quote_gone(case: Case, _: Prose) -> Case:
    return replace(
        case, head=case.head.rstrip(" ") + " " * bool(case.head), quote="", tail=case.tail.lstrip(" ")
    )


def paragraph_gone(case: Case, _: Prose) -> Case:
    return replace(case, head="", quote="", tail="")


def stretch_gone(case: Case, _: Prose) -> Case:
    return replace(case, above=case.above[:-1], head="", quote="", tail="", below=case.below[1:])


def paragraph_replaced(case: Case, prose: Prose) -> Case:
    return replace(case, head="", quote="", tail="", below=(prose.paragraph(), *case.below))


def moved(case: Case, prose: Prose) -> Case:
    """The paragraph at another place."""
    lines = [*case.above, *case.below]
    if not lines:
        return case
    at = prose.chance.randrange(len(lines) + 1)
    return replace(case, above=tuple(lines[:at]), below=tuple(lines[at:]))


def shuffled(case: Case, prose: Prose) -> Case:
    """The lines in another order. Unchanged when the line stands twice: nobody could say which of them went where."""
    lines = [*case.above, *case.below]
    if case.line in lines:
        return case
    prose.chance.shuffle(lines)
    return moved(replace(case, above=tuple(lines), below=()), prose)


def swapped(case: Case, _: Prose) -> Case:
    """With the next line, or the one before."""
    if case.below:
        return replace(case, above=(*case.above, case.below[0]), below=case.below[1:])
    if case.above:
        return replace(case, above=case.above[:-1], below=(case.above[-1], *case.below))
    return case


def quote_alone_moved(case: Case, prose: Prose) -> Case:
    """The quote in another paragraph, what stood around it where it was."""
    lines = [*case.above, (case.head + case.tail).replace("  ", " "), *case.below]
    lines = [line for line in lines if line.strip()] or [prose.paragraph()]
    at = prose.chance.randrange(len(lines))
    cut = _cut(lines[at], prose.chance)
    head, tail = lines[at][:cut], lines[at][cut:]
    if head and not head.endswith(" "):
        head += " "
    return Case(tuple(lines[:at]), head, case.quote, " " * bool(tail) + tail, tuple(lines[at + 1 :]))


def look_alike_added(case: Case, prose: Prose) -> Case:
    """One more line on the same form: another one of them with other numbers."""
    form = case.line.split(" ")[0]
    lines = [line for line in (*case.above, *case.below) if line.startswith(form)]
    more = "".join(
        str(prose.chance.randint(0, 9)) if char.isdigit() else char for char in prose.chance.choice(lines)
    )
    if prose.chance.random() < 0.5:
        return replace(case, above=(*case.above, more))
    return replace(case, below=(more, *case.below))


def copied_elsewhere(case: Case, prose: Prose) -> Case:
    """The paragraph a second time, further below."""
    return paragraph_after(replace(case, below=(*case.below, prose.paragraph(), case.line)), prose)


def no_chrome(case: Case, _: Prose) -> Case:
    return replace(
        case,
        above=tuple(line for line in case.above if line not in CHROME),
        below=tuple(line for line in case.below if line not in CHROME),
    )
