"""`make bench-quality`: how well the shipped search ranks, beside other engines on the same texts and questions.

Always on the judged queries of the sample corpus; also on the folder KASHAF_IR_DATA, when it is set: corpus.jsonl
(id, title, text), queries.jsonl (id, text, set) and qrels.tsv (query, text, grade). Lucene runs where java is and
KASHAF_LUCENE_JAR names a jar of its core, queryparser and analysers. Asserts nothing.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tests.benchmarks.quality.measures import interval, macro, ndcg, recall, reciprocal_rank
from tests.benchmarks.quality.peers import ENGINES, HITS

from kashaf.corpus.article import Article
from kashaf.yaml_safe import load_yaml
from kashaf_index.search import Searcher

ROOT: Final = Path(__file__).parents[3]
SAMPLE: Final = ROOT / "sample_corpus"
OURS: Final = "kashaf"
HERE: Final = Path(__file__).parent
_LUCENE: Final = "Lucene ArabicAnalyzer"
_HALVES: Final = ("tuned on", "kept back")
_MEASURES: Final[dict[str, Callable[[list[str], frozenset[str]], float]]] = {
    "MRR@10": reciprocal_rank,
    "nDCG@10": ndcg,
    "R@10": partial(recall, depth=10),
    "R@100": partial(recall, depth=HITS),
}

# The peers are asked for words: what only our query language can say is no comparison.
_PLAIN: Final = {"query", "tests", "relevant"}
_OPERATOR: Final = re.compile(r"[\"():*~=|/-]|\b(?:OR|NOT|NEAR)\b")

Run = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Judged:
    """Queries with their set, and what is relevant to each."""

    name: str
    source: Path
    queries: dict[str, tuple[str, str]]
    relevant: dict[str, frozenset[str]]
    key: Callable[[Article], str]

    def half(self, query: str) -> str:
        """The weights were chosen on one half of the queries."""
        return _HALVES[zlib.crc32(query.encode()) % 2]


def main() -> None:
    print(
        "MRR, nDCG and recall are means of the sets' means; intervals are 95 % bootstrap intervals of ours minus it."
    )
    _measure(_sample(), halves=False)
    if folder := os.environ.get("KASHAF_IR_DATA"):
        _measure(_folder(Path(folder)), halves=True)
    else:
        print("\nKASHAF_IR_DATA is not set: nothing but the sample corpus was measured.")


def _measure(judged: Judged, *, halves: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="kashaf-quality-") as name:
        runs = dict(_runs(judged, Path(name)))
    for half in _HALVES if halves else ("",):
        chosen = [query for query in judged.relevant if not half or judged.half(query) == half]
        print(f"\n{judged.name}{', half that was ' + half if half else ''}: {len(chosen)} queries")
        print(f"{'':24}" + "".join(f"{measure:>9}" for measure in _MEASURES) + "   MRR@10, ours minus it")
        of_ours = _by_set(judged, runs[OURS], chosen, reciprocal_rank)
        for system, run in runs.items():
            row = [macro(_by_set(judged, run, chosen, measure)) for measure in _MEASURES.values()]
            line = f"{system:24}" + "".join(f"{value:9.3f}" for value in row)
            if system != OURS:
                low, high = interval(_differences(of_ours, _by_set(judged, run, chosen, reciprocal_rank)))
                line += f"   {macro(of_ours) - row[0]:+.3f}  [{low:+.3f}, {high:+.3f}]"
            print(line, flush=True)


def _by_set(
    judged: Judged, run: Run, chosen: list[str], measure: Callable[[list[str], frozenset[str]], float]
) -> Mapping[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for query in chosen:
        found[judged.queries[query][1]].append(measure(run.get(query, []), judged.relevant[query]))
    return found


def _differences(
    ours: Mapping[str, list[float]], theirs: Mapping[str, list[float]]
) -> Mapping[str, list[float]]:
    return {name: [a - b for a, b in zip(ours[name], theirs[name], strict=True)] for name in ours}


# Judgements


def _sample() -> Judged:
    document = load_yaml((SAMPLE / "queries.yaml").read_text(encoding="utf-8"), where="queries.yaml")
    assert isinstance(document, list)
    queries: dict[str, tuple[str, str]] = {}
    relevant: dict[str, frozenset[str]] = {}
    plain = [entry for entry in document if set(entry) <= _PLAIN and not _OPERATOR.search(entry["query"])]
    for number, entry in enumerate(plain, 1):
        queries[f"s{number}"] = entry["query"], "sample"
        relevant[f"s{number}"] = frozenset(entry["relevant"])
    judged = {query: found for query, found in relevant.items() if found}
    return Judged("Sample corpus", SAMPLE, queries, judged, _path_and_member)


def _path_and_member(article: Article) -> str:
    """As queries.yaml names an article: its path, and the member of a file of many."""
    made = article.provenance
    return f"{made.path}#{made.member}" if made.member else made.path


def _folder(folder: Path) -> Judged:
    queries: dict[str, tuple[str, str]] = {}
    for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        query = json.loads(line)
        queries[str(query["id"])] = query["text"], query.get("set", "")
    relevant: dict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        number, text, grade = line.split("\t")
        if int(grade) > 0:
            relevant[number].add(text)
    judged = {number: frozenset(found) for number, found in relevant.items() if number in queries}
    return Judged(str(folder), folder / "corpus.jsonl", queries, judged, lambda one: one.provenance.member)


# Runs


def _runs(judged: Judged, folder: Path) -> Iterator[tuple[str, Run]]:
    workspace, asked = folder / "workspace", folder / "queries.jsonl"
    asked.write_text(
        "".join(
            json.dumps({"id": number, "query": judged.queries[number][0]}, ensure_ascii=False) + "\n"
            for number in judged.relevant
        ),
        encoding="utf-8",
    )
    _say("kashaf")
    kashaf = [sys.executable, "-m", "kashaf_tui", "-w", str(workspace)]
    _output([*kashaf, "index", str(judged.source), "--json"], allowed=(0, 3))
    answer = _output(
        [*kashaf, "search", "--batch", str(asked), "--trec", "--match", "any", "--limit", str(HITS)]
    )
    with Searcher.open(workspace / ".kashaf" / "index") as searcher:
        articles = {number: searcher.article(number) for number in searcher.ids()}
    names = {number: judged.key(article) for number, article in articles.items()}
    yield OURS, {query: [names[one] for one in found] for query, found in _parsed(answer).items()}
    texts, queries = folder / "texts.tsv", folder / "queries.tsv"
    _write(texts, {names[number]: article.text for number, article in articles.items()})
    _write(queries, {number: judged.queries[number][0] for number in judged.relevant})
    for system, command in _commands(texts, queries):
        _say(system)
        try:
            yield system, _parsed(_output(command))
        except (subprocess.CalledProcessError, FileNotFoundError):
            print(f"{system} is not here")


def _commands(texts: Path, queries: Path) -> Iterator[tuple[str, list[str]]]:
    script = str(HERE / "peers.py")
    for system in ENGINES:
        # The system's Python may have what no wheel brings (python3-xapian of Debian).
        python = "/usr/bin/python3" if system.startswith("Xapian") else sys.executable
        yield system, [python, script, system, str(texts), str(queries)]
    jar = os.environ.get("KASHAF_LUCENE_JAR")
    if jar and shutil.which("java"):
        yield _LUCENE, ["java", "-cp", jar, str(HERE / "ArabicRun.java"), str(texts), str(queries)]


def _output(command: list[str], allowed: tuple[int, ...] = (0,)) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode not in allowed:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return done.stdout


def _parsed(answer: str) -> Run:
    """Ids by query, in the order of a TREC run: by rank."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in answer.splitlines():
        query, _, one, _, _, _ = line.split(" ")
        found[query].append(one)
    return found


def _write(path: Path, texts: Mapping[str, str]) -> None:
    path.write_text(
        "".join(f"{number}\t{' '.join(text.split())}\n" for number, text in texts.items()), encoding="utf-8"
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
