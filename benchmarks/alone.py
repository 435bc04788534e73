"""Runs one benchmark in a fresh process, so that none finds memory, threads or settings of another."""

import importlib
import inspect
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from benchmarks.ratio import Ratio


def alone(name: str, quick: bool) -> list[Ratio]:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(_run, name, quick).result()


def _run(name: str, quick: bool) -> list[Ratio]:
    benchmark = importlib.import_module(f"benchmarks.{name}").run
    ratios: list[Ratio] = benchmark(quick) if inspect.signature(benchmark).parameters else benchmark()
    return ratios
