"""Runs one benchmark in a fresh process, so that none finds memory, threads or settings of another."""

import importlib
import inspect
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

from benchmarks.ratio import Ratio

T = TypeVar("T")


def alone(name: str, quick: bool) -> list[Ratio]:
    return afresh(_run, name, quick)


def afresh(function: Callable[..., T], *arguments: Any) -> T:
    """What a function of a module answers in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(function, *arguments).result()


def _run(name: str, quick: bool) -> list[Ratio]:
    benchmark = importlib.import_module(f"benchmarks.{name}").run
    ratios: list[Ratio] = benchmark(quick) if inspect.signature(benchmark).parameters else benchmark()
    return ratios
