"""Archives made for tests, and what comes out of them."""

from __future__ import annotations

import io
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kashaf.corpus.containers import unpack
from kashaf.corpus.walk import Found

SHA256 = "0" * 64


def zipped(
    files: Mapping[str, bytes] | Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A ZIP archive; the same name may come twice."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", method) as archive:
        warnings.simplefilter("ignore", UserWarning)
        for name, data in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "", form: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar archive, compressed by `gz`, `bz2` or `xz`."""
    return tarred_infos(((_info(name, data), data) for name, data in files.items()), mode, form)


def tarred_infos(
    members: Iterable[tuple[tarfile.TarInfo, bytes]], mode: str = "", form: int = tarfile.PAX_FORMAT
) -> bytes:
    buffer = io.BytesIO()
    # The types of the standard library's stubs list modes one by one.
    with tarfile.TarFile.open(fileobj=buffer, mode=f"w:{mode}", format=form) as archive:  # type: ignore[call-overload]
        for info, data in members:
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def info_of(name: str, kind: bytes, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = link
    return info


def all_of(
    folder: Path,
    name: str,
    data: bytes,
    *,
    ignored: Callable[[str], bool] = lambda _: False,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Found]:
    """What `unpack` yields for an archive of this name, its spool being `folder/spool`."""
    path = folder / "archive"
    path.write_bytes(data)
    spool = folder / "spool"
    spool.mkdir(exist_ok=True)
    archive = Found(path, name, len(data))
    return list(unpack(archive, spool, sha256=SHA256, ignored=ignored, cancelled=cancelled))


def files_of(found: Iterable[Found]) -> dict[str, bytes]:
    return {one.relative: one.path.read_bytes() for one in found if not one.refusal}


def refusals_of(found: Iterable[Found]) -> dict[str, str]:
    return {one.relative: one.refusal for one in found if one.refusal}


def _info(name: str, data: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    return info
