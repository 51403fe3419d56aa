"""Notes at rest under a passphrase: a random data key seals them, and is itself sealed under the passphrase.

Off unless the analyst turns it on. What it protects, and what not, is in docs/encryption.md. Argon2id (RFC 9106, its
second recommended choice: 64 MiB, 3 passes, 4 lanes) makes a key of the passphrase; ChaCha20-Poly1305 (RFC 8439)
with a random nonce seals the data key, the notes file and each line of the journal. The facts that are needed to
ask for the passphrase stand in the clear in the file's first line.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from kashaf.errors import BadInput, Locked, UsageError
from kashaf.notes.file_format import Torn
from kashaf.said import said
from kashaf.storage import fast_json

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_KDF: Final = "argon2id"
_CIPHER: Final = "chacha20-poly1305"
_KEY: Final = 32  # bytes
_SALT: Final = 16
_NONCE: Final = 12
_MEMORY: Final = 64 * 1024  # KiB
_PASSES: Final = 3
_LANES: Final = 4
_MOST_MEMORY: Final = 4 * 1024 * 1024  # KiB: a file asking for more is no file of ours
_MOST_PASSES: Final = 100
_LONGEST_LINE: Final = 64 * 1024  # bytes
_WRAPPED: Final = b"kashaf data key"


class NotesSealed(Locked):
    """The notes are encrypted, and nobody gave the passphrase, or it is not theirs."""


class Sealer(Protocol):
    """Gives the passphrase when one is needed."""

    def passphrase(self, path: Path) -> str:
        """The passphrase of the notes in `path`. Raises NotesSealed when nobody knows it."""
        ...


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase that is known already."""

    text: str

    def passphrase(self, path: Path) -> str:  # noqa: ARG002 -- the protocol's signature
        return self.text


class Cipher:
    """Seals and opens bytes with one data key. facts: what stands in the clear."""

    def __init__(self, key: bytes, seal: Mapping[str, Any]) -> None:
        self._key = key
        self._seal = dict(seal)
        self._aead = _aead(key)

    def facts(self) -> dict[str, Any]:
        return dict(self._seal)

    def seal(self, data: bytes, bound: bytes) -> bytes:
        """Base64 of a nonce and of the sealed bytes, which open with the same `bound` only."""
        nonce = os.urandom(_NONCE)
        return base64.b64encode(nonce + self._aead.encrypt(nonce, data, bound))

    def open(self, data: str | bytes, bound: bytes) -> bytes:
        """Raises Torn: with the right key only damage is left."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415

        try:
            raw = base64.b64decode(data, validate=True)
            return self._aead.decrypt(raw[:_NONCE], raw[_NONCE:], bound)
        except (InvalidTag, ValueError, binascii.Error) as error:
            raise Torn(said("what is encrypted in it has been changed")) from error

    def rewrapped(self, passphrase: str) -> Cipher:
        """The same data key under another passphrase: what it has sealed need not be sealed anew."""
        return Cipher(self._key, _wrapped(self._key, passphrase))


def new_cipher(passphrase: str) -> Cipher:
    """A new data key under the passphrase. Raises UsageError for an empty one, or without `cryptography`."""
    key = os.urandom(_KEY)
    return Cipher(key, _wrapped(key, passphrase))


def is_sealed(path: Path) -> bool:
    """Whether the notes file says of itself that it is encrypted; nothing more is read of it."""
    try:
        with path.open("rb") as file:
            first = file.readline(_LONGEST_LINE)
        return "seal" in fast_json.decode(first.rstrip().removesuffix(b",") + b"}")["kashaf"]
    except (OSError, ValueError, KeyError, TypeError):
        return False


def unlock(seal: Mapping[str, Any], sealer: Sealer, path: Path) -> Cipher:
    """The cipher that these clear facts of the file `path` belong to.

    Raises NotesSealed for a wrong passphrase; Torn for facts that are none, UsageError without `cryptography`.
    """
    if seal.get("kdf") != _KDF or seal.get("cipher") != _CIPHER:
        raise BadInput(
            said("the notes are encrypted in a way that this Kashaf does not know"),
            where=str(path),
            cure=said("Update Kashaf"),
        )
    _library()
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415

    try:
        salt, wrapped = (base64.b64decode(seal[name], validate=True) for name in ("salt", "key"))
        memory, passes, lanes = (int(seal[name]) for name in ("memory", "passes", "lanes"))
        if not 8 * lanes <= memory <= _MOST_MEMORY or not 0 < passes <= _MOST_PASSES or lanes < 1:
            raise ValueError("out of range")
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise Torn(said("what its first line says of the encryption is broken")) from error
    outer = _aead(_derived(sealer.passphrase(path), salt, memory, passes, lanes))
    try:
        key = outer.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _WRAPPED)
    except InvalidTag as error:
        raise NotesSealed(
            said("the passphrase is not that of these notes"),
            where=str(path),
            cure=said("Try again; mind the keyboard layout"),
        ) from error
    return Cipher(key, seal)


def _wrapped(key: bytes, passphrase: str) -> dict[str, Any]:
    if not passphrase:
        raise UsageError(said("the passphrase is empty"), cure=said("Give one that nobody can guess"))
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    outer = _aead(_derived(passphrase, salt, _MEMORY, _PASSES, _LANES))
    return {
        "kdf": _KDF,
        "memory": _MEMORY,
        "passes": _PASSES,
        "lanes": _LANES,
        "salt": base64.b64encode(salt).decode("ascii"),
        "cipher": _CIPHER,
        "key": base64.b64encode(nonce + outer.encrypt(nonce, key, _WRAPPED)).decode("ascii"),
    }


def _derived(passphrase: str, salt: bytes, memory: int, passes: int, lanes: int) -> bytes:
    """The key that the passphrase is. Composed first (NFC): keyboards differ in how they write a letter."""
    import unicodedata  # noqa: PLC0415

    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415

    kdf = Argon2id(salt=salt, length=_KEY, iterations=passes, lanes=lanes, memory_cost=memory)
    return kdf.derive(unicodedata.normalize("NFC", passphrase).encode("utf-8"))


def _aead(key: bytes) -> ChaCha20Poly1305:
    _library()
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415

    return ChaCha20Poly1305(key)


def _library() -> None:
    try:
        import cryptography.hazmat.primitives.kdf.argon2  # noqa: F401, PLC0415
    except ImportError as error:
        raise UsageError(
            said("encryption needs a library that is not installed: cryptography, 44 or newer"),
            cure=said("Install it: pip install 'kashaf[encryption]'"),
        ) from error
