"""Pack the shipped name book: `python scripts/pack_names.py` after every change to `names.yaml`.

With --check nothing is written: the exit code is 1 when the packed book is not that of the YAML.
"""

from __future__ import annotations

import sys

from kashaf.entities.book.packed import PACKED, pack
from kashaf.entities.book.shipped import NAMES


def main() -> int:
    packed = pack(NAMES.read_bytes())
    if "--check" in sys.argv[1:]:
        return int(not PACKED.exists() or PACKED.read_bytes() != packed)
    PACKED.write_bytes(packed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
