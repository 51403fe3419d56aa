"""A screen of our own (Xvfb), read straight from its framebuffer file, and a keyboard (xdotool).

Neither a screenshot program nor an image library is needed: the framebuffer is an XWD file, 32 bits a pixel.
"""

from __future__ import annotations

import contextlib
import os
import signal
import struct
import subprocess
import tempfile
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

Colour = tuple[int, int, int]

WIDTH, HEIGHT = 1240, 900  # pixels; room for 124×40 cells of 9×18 and a toolbar
FIRST_DISPLAY: Final = 95
_XWD_FIELDS: Final = struct.Struct(">25I")


@dataclass(frozen=True, slots=True)
class Picture:
    """What was on the screen: `data` holds blue, green, red and a filler for each pixel, `stride` bytes a row."""

    width: int
    height: int
    stride: int
    data: bytes

    @classmethod
    def from_xwd(cls, raw: bytes) -> Self:
        """Raises ValueError when it is not of the form that Xvfb writes at depth 24."""
        fields = _XWD_FIELDS.unpack_from(raw)
        header, pixmap_format, depth, width, height = fields[0], fields[2], fields[3], fields[4], fields[5]
        bits, stride, colours = fields[11], fields[12], fields[19]
        if (pixmap_format, depth, bits) != (2, 24, 32):
            raise ValueError(f"not a framebuffer of 24 bits in 32: {fields}")
        start = header + colours * 12
        return cls(width, height, stride, raw[start : start + stride * height])

    def pixel(self, x: int, y: int) -> Colour:
        at = y * self.stride + x * 4
        blue, green, red = self.data[at : at + 3]
        return red, green, blue

    def find(self, colour: Colour) -> tuple[int, int] | None:
        """The first pixel of exactly this colour, from the top left: (x, y)."""
        wanted = bytes(reversed(colour))
        at = self.data.find(wanted)
        while at != -1 and (at % self.stride) % 4:
            at = self.data.find(wanted, at + 1)
        return None if at == -1 else (at % self.stride // 4, at // self.stride)

    def grey(self, x: int, y: int, width: int, height: int) -> list[int]:
        """Red + green + blue of each pixel of a rectangle, row by row. Beyond the edge it is black."""
        found: list[int] = []
        for row in range(y, y + height):
            at = row * self.stride + x * 4
            line = self.data[at : at + width * 4] if row < self.height else b""
            line = line.ljust(width * 4, b"\0")
            found.extend(map(sum, zip(line[0::4], line[1::4], line[2::4], strict=True)))
        return found

    def common_colour(self, x: int, y: int, width: int, height: int) -> Colour:
        """The colour of most pixels of a rectangle: the background of a cell."""
        counts: dict[bytes, int] = {}
        for row in range(y, min(y + height, self.height)):
            at = row * self.stride + x * 4
            for column in range(at, at + width * 4, 4):
                pixel = self.data[column : column + 3]
                counts[pixel] = counts.get(pixel, 0) + 1
        blue, green, red = max(counts, key=lambda pixel: counts[pixel])
        return red, green, blue

    def save(self, path: Path) -> None:
        """As PNG, for somebody to look at."""
        rows = bytearray()
        for y in range(self.height):
            line = self.data[y * self.stride : y * self.stride + self.width * 4]
            pixels = bytearray(self.width * 3)
            pixels[0::3], pixels[1::3], pixels[2::3] = line[2::4], line[1::4], line[0::4]
            rows += b"\0" + pixels

        def chunk(kind: bytes, body: bytes) -> bytes:
            return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", head)
            + chunk(b"IDAT", zlib.compress(bytes(rows), 4))
            + chunk(b"IEND", b"")
        )


class Screen:
    """An X server that nobody else uses, from `FIRST_DISPLAY` upwards."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="kashaf-screen-")
        number = FIRST_DISPLAY
        while Path(f"/tmp/.X{number}-lock").exists():
            number += 1
        self.name = f":{number}"
        self._server = subprocess.Popen(
            [
                *("Xvfb", self.name, "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "+extension", "GLX"),
                *("-noreset", "-nolisten", "tcp", "-fbdir", self._folder.name),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._framebuffer = Path(self._folder.name) / "Xvfb_screen0"
        end = time.monotonic() + 15
        while self._xdotool("getdisplaygeometry", check=False) == "":
            if time.monotonic() > end or self._server.poll() is not None:
                raise RuntimeError(f"Xvfb did not start on {self.name}")
            time.sleep(0.1)
        self.layout("us")

    @property
    def environ(self) -> Mapping[str, str]:
        return {"DISPLAY": self.name, "PATH": os.environ["PATH"]}

    def _xdotool(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )
        if check and done.returncode:
            raise RuntimeError(f"xdotool {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout.strip()

    def layout(self, name: str) -> None:
        """The keyboard's layout, by xkb's name: `us`, `ara`."""
        subprocess.run(["setxkbmap", name], env=self.environ, check=True, capture_output=True, timeout=20)

    def settle_window(self, seconds: float = 20) -> None:
        """Wait for the one visible window, put it over the whole screen and give it the keyboard."""
        end = time.monotonic() + seconds
        while not (found := self._window()):
            if time.monotonic() > end:
                raise RuntimeError("no window came")
            time.sleep(0.1)
        self._xdotool("windowmove", found, "0", "0")
        self._xdotool("windowsize", found, str(WIDTH), str(HEIGHT))
        self.focus()

    def _window(self) -> str:
        """The largest visible window that has a title: neither the root nor a toolkit's helper has one."""
        areas = {}
        for window in self._xdotool("search", "--onlyvisible", "--name", ".+", check=False).split():
            shape = self._xdotool("getwindowgeometry", "--shell", window, check=False)
            sizes = dict(line.split("=") for line in shape.split() if "=" in line)
            areas[window] = int(sizes.get("WIDTH", 0)) * int(sizes.get("HEIGHT", 0))
        return max(areas, key=lambda window: areas[window], default="")

    def focus(self) -> None:
        """Without a window manager the keyboard follows what it is told."""
        window = self._window()
        if window:
            self._xdotool("windowfocus", "--sync", window, check=False)
        self._xdotool("mousemove", str(WIDTH - 3), str(HEIGHT - 3))

    def press(self, *keys: str, pause: float = 0.12) -> None:
        """Press keys, by keysym name or by keycode."""
        for key in keys:
            self._xdotool("key", "--clearmodifiers", key)
            time.sleep(pause)

    def write(self, text: str) -> None:
        self._xdotool("type", "--delay", "25", text)

    def picture(self) -> Picture:
        return Picture.from_xwd(self._framebuffer.read_bytes())

    def still_picture(self, seconds: float = 10) -> Picture:
        """The screen once nothing has moved on it for a moment."""
        end = time.monotonic() + seconds
        before, same = self.picture(), 0
        while same < 2:
            if time.monotonic() > end:
                raise RuntimeError("the screen does not come to rest")
            time.sleep(0.15)
            now = self.picture()
            same = same + 1 if now.data == before.data else 0
            before = now
        return before

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._server.wait(5)
        if self._server.poll() is None:
            self._server.kill()
            self._server.wait()
        self._folder.cleanup()
