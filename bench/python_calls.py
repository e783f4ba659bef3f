#!/usr/bin/python3
"""What a call from Python costs beyond its work, and what a second thread gains.

  PYTHONPATH=build/release/python bench/python_calls.py PAGE

Prints microseconds of a call whose work is next to nothing, and the time of some pages by one thread and by two.
"""
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy

import ocrtune

CALLS, ROUNDS, PAGES = 2000, 5, 8


def microseconds(work):
    """The least of several means."""
    rounds = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for _ in range(CALLS):
            work()
        rounds.append((time.perf_counter() - begin) / CALLS * 1e6)
    return min(rounds)


def seconds(work, threads):
    """The median of the times of PAGES calls by so many threads."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        with ThreadPoolExecutor(threads) as executor:
            list(executor.map(lambda _: work(), range(PAGES)))
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    page = ocrtune.load_page(sys.argv[1])
    tiny = numpy.full((4, 4), 255, numpy.uint8)
    standard = ocrtune.Pipeline.load("standard").at({})
    for name, pipeline in (("raw", ocrtune.Pipeline.load("raw")), ("standard", standard)):
        print(f"Pipeline.run of `{name}` on 4 x 4 px: {microseconds(lambda: pipeline.run(tiny)):6.1f} us a call")
    print(f"sharpness of 4 x 4 px:               {microseconds(lambda: ocrtune.sharpness(tiny)):6.1f} us a call")
    reader = ocrtune.Reader(engine="lstm")
    for name, work in (("Pipeline.run of `standard`", lambda: standard.run(page)), ("Reader.read", lambda: reader.read(page))):
        work()
        one, two = seconds(work, 1), seconds(work, 2)
        print(f"{name} on {page.shape[1]} x {page.shape[0]} px, {PAGES} times: {one:.2f} s by one thread, {two:.2f} s by two: {one / two:.2f} times")


if __name__ == "__main__":
    main()
