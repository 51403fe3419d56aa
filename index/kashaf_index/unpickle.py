"""The only place that unpickles: what Whoosh wrote, through a list of the classes it may name.

Whoosh keeps its table of contents, its segment directory, posting blocks and stored fields as pickles, and a
pickle can call anything. Importing this module puts a reader in Whoosh's way that knows a handful of names and
refuses every other before it is looked up. Plain values need none.
"""

from __future__ import annotations

import io
import pickle  # noqa: TID251 -- the allow-list reader below is built on it
import types
from collections import defaultdict
from typing import IO, Any, Final

import whoosh.codec.whoosh3
import whoosh.columns
import whoosh.compat
import whoosh.externalsort
import whoosh.filedb.structfile
import whoosh.formats
import whoosh.index

import kashaf_index.codec

# The names are looked up here and nowhere else. None of them does anything but hold plain values.
_ALLOWED: Final[dict[tuple[str, str], Any]] = {
    ("whoosh.codec.whoosh3", "W3Segment"): whoosh.codec.whoosh3.W3Segment,
    ("kashaf_index.codec", "LadderCodec"): kashaf_index.codec.LadderCodec,
    ("collections", "defaultdict"): defaultdict,
    ("builtins", "int"): int,
    ("builtins", "set"): set,
    ("__builtin__", "int"): int,
    ("__builtin__", "set"): set,
}

UnpicklingError = pickle.UnpicklingError


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise UnpicklingError(f"{module}.{name} has no place in an index") from None

    def persistent_load(self, pid: object) -> Any:
        raise UnpicklingError(f"the persistent id {pid!r} has no place in an index")


def loads(data: bytes) -> Any:
    """Read one pickle of plain values and segment descriptions. Raises UnpicklingError for anything else."""
    return _Unpickler(io.BytesIO(data)).load()


def load(file: IO[bytes]) -> Any:
    """As `loads`, from where a file stands."""
    return _Unpickler(file).load()


def _guard_whoosh() -> None:
    guarded: Any = types.SimpleNamespace(
        dumps=pickle.dumps,
        dump=pickle.dump,
        loads=loads,
        load=load,
        HIGHEST_PROTOCOL=pickle.HIGHEST_PROTOCOL,
        PicklingError=pickle.PicklingError,
        UnpicklingError=UnpicklingError,
    )
    whoosh.index.pickle = guarded
    # Readers of indexes older than Whoosh 2.7 resolve any name: such an index is not ours.
    whoosh.index.toc_loaders = {}
    whoosh.compat.pickle = guarded
    # Modules that Whoosh imports later take these names from whoosh.compat.
    for module in (whoosh.compat, whoosh.codec.whoosh3, whoosh.formats, whoosh.columns):
        module.loads = loads
    whoosh.compat.load = load
    whoosh.filedb.structfile.load_pickle = load
    # Postings that outgrow memory are sorted on disk. Whoosh writes them with protocol 2, in which bytes are a call
    # of one of Python's functions, and that has no place in what we read.
    whoosh.externalsort.load = load
    whoosh.externalsort.dump = lambda value, file, _protocol: pickle.dump(
        value, file, pickle.HIGHEST_PROTOCOL
    )


_guard_whoosh()
