"""Which documents of a segment are deleted: a bit for each, in a container of its own, written anew by each commit
that deletes more of them."""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kashaf.said import said
from kashaf_index.codec.container import Container, ContainerWriter, Written
from kashaf_index.codec.damage import damaged

KIND: Final = "deletions"
_BITS: Final = "bits"

Mask: TypeAlias = NDArray[np.bool_]


def write(path: Path, deleted: Mask) -> Written:
    """Write the mask of a segment's documents, durably. Raises DiskTrouble."""
    writer = ContainerWriter(path, KIND)
    try:
        writer.append(_BITS, np.packbits(deleted, bitorder="little"))
        return writer.finish({"documents": len(deleted), "deleted": int(np.count_nonzero(deleted))})
    except BaseException:
        writer.abandon()
        raise


def read(path: Path, *, documents: int, deleted: int) -> Mask:
    """The mask, read-only, of so many documents, so many of them deleted. Raises IndexDamaged for any other file."""
    with Container.open(path, KIND) as container:
        if container.meta == {"documents": documents, "deleted": deleted}:
            bits = container.array(_BITS)
            if bits.dtype == np.uint8 and len(bits) == (documents + 7) // 8:
                mask = np.unpackbits(bits.all(), count=documents, bitorder="little").astype(np.bool_)
                if np.count_nonzero(mask) == deleted:
                    mask.flags.writeable = False
                    return mask
    raise damaged(said("the file does not say which articles are deleted"), path)
