"""Files of plain arrays: NumPy's `.npz` without pickles, the same contents always the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kashaf.errors import BadInput, DiskTrouble
from kashaf.said import said

Array = npt.NDArray[np.generic]


def read_arrays(path: Path, names: Sequence[str]) -> dict[str, npt.NDArray[np.generic]]:
    """The named arrays of a file.

    Raises DiskTrouble when the file cannot be read; BadInput when it lacks one of them or is no such file.
    """
    cure = said("Install Kashaf again")
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            return {name: file[name] for name in names}
    except OSError as error:
        what = said("cannot read the tagger's file: {why}", why=error.strerror or "")
        raise DiskTrouble(what, where=path.name, cure=cure) from error
    except (KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise BadInput(said("the tagger's file is damaged"), where=path.name, cure=cure) from error


def write_arrays(path: Path, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
    """Write arrays in the order of their names, with the dates that zip files begin at."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name in sorted(arrays):
            entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with file.open(entry, "w", force_zip64=False) as member:
                np.lib.format.write_array(member, np.ascontiguousarray(arrays[name]), allow_pickle=False)


def join_words(words: Sequence[str]) -> npt.NDArray[np.uint8]:
    """Words as one array of UTF-8 bytes, a line feed between."""
    return np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)


def split_words(joined: npt.NDArray[np.generic]) -> list[str]:
    """The words that `join_words` joined."""
    return joined.tobytes().decode("utf-8").split("\n") if joined.size else []
