"""Decoding many sequences at once: the best labels (Viterbi 1967) and how likely each is (forward and backward).

Sequences are laid side by side, the longest first, so that at each step those still running are a prefix of the row.
Probabilities are scaled to one every few steps (Rabiner 1989, section V.A) and need no logarithms.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]

# Steps between two scalings. A step changes a sum by less than e**80 either way: eight stay in a float of 64 bits.
_SCALED: Final = 8
_LEAST: Final = 1e-280


def decode(
    scores: Floats, lengths: Sequence[int], transitions: Floats, start: Floats
) -> tuple[npt.NDArray[np.intp], Floats]:
    """The best label of each word, and its marginal probability given the whole sequence.

    scores: (words of all sequences in order, labels). lengths: words of each sequence, none of them 0.
    transitions: (labels, labels), from row to column. start: (labels,), added to each first word.
    """
    words, labels = scores.shape
    if not words:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
    sizes = np.array(lengths, dtype=np.intp)
    order = np.argsort(-sizes, kind="stable")
    longest = int(sizes[order[0]])
    running = np.searchsorted(-sizes[order], -np.arange(longest), side="left")
    columns = np.empty(len(sizes), dtype=np.intp)
    columns[order] = np.arange(len(sizes))
    column = np.repeat(columns, sizes)
    step = np.arange(words) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    grid = np.zeros((longest, len(sizes), labels), dtype=np.float32)
    grid[step, column] = scores
    grid[0] += start
    best = _viterbi(grid, running, transitions)[step, column]
    marginals = _marginals(grid, running, transitions)[step, column, best]
    return best, marginals.astype(np.float32)


def _viterbi(grid: Floats, running: Ints, transitions: Floats) -> Ints:
    longest, width, _ = grid.shape
    towards = np.ascontiguousarray(transitions.T)  # (after, before): the maximum runs over the last axis
    totals = grid.copy()
    current = totals[0]
    for step in range(1, longest):
        count = running[step]
        reached = current[:count, None, :] + towards
        current = totals[step, :count]
        current += np.maximum.reduce(reached, axis=2)
    best = np.zeros((longest, width), dtype=np.intp)
    ending = totals.argmax(axis=2)
    came = (totals[:-1, :, None, :] + towards).argmax(axis=3)
    rows = np.arange(width)
    count = 0
    for step in range(longest - 1, -1, -1):
        continuing, count = count, running[step]
        best[step, continuing:count] = ending[step, continuing:count]
        if continuing:
            rows_here = rows[:continuing]
            best[step, :continuing] = came[step, rows_here, best[step + 1, :continuing]]
    return best


def _marginals(grid: Floats, running: Ints, transitions: Floats) -> npt.NDArray[np.float64]:
    longest, width, _ = grid.shape
    likely = np.exp(grid - grid.max(axis=2, keepdims=True), dtype=np.float64)
    moves = np.exp(transitions, dtype=np.float64)
    back_moves = np.ascontiguousarray(moves.T)
    forward: npt.NDArray[np.float64] = likely.copy()
    current = forward[0]
    for step in range(1, longest):
        count = running[step]
        current = current[:count] @ moves
        if not step % _SCALED:
            current /= _sums(current)
        forward[step, :count] *= current
        current = forward[step, :count]
    behind = np.ones((longest, width, grid.shape[2]))
    for step in range(longest - 2, -1, -1):
        count = running[step + 1]
        reached = (behind[step + 1, :count] * likely[step + 1, :count]) @ back_moves
        if not step % _SCALED:
            reached /= _sums(reached)
        behind[step, :count] = reached
    forward *= behind
    forward /= _sums(forward)
    return forward


def _sums(likely: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Sums over labels, kept from 0, which scores beyond all measure could come to."""
    return np.maximum(np.add.reduce(likely, axis=-1, keepdims=True), _LEAST)
