"""Reads pages of the whole catalogue, and of JavaScript packages, and counts.

boto3's are those of its documenter; the AWS API Reference and Dart's methods are printed from a
sample of the models, and web pages turned into text in several ways.

python -m tests.accuracy [--services N] [--seed N] [--web N] [--javascript PACKAGE ...]
python -m tests.accuracy services     writes the table of services anew
"""

from __future__ import annotations

import random
import sys
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.accuracy.catalogue import Result, read_service
from tests.accuracy.comparing import Score
from tests.accuracy.javascript import read_package
from tests.accuracy.rendering import services, table
from tests.accuracy.web import read_api_pages, read_dart_pages

import specwright

PACKAGES = ("bedrock-runtime", "dynamodb", "lambda", "s3", "sagemaker", "sqs")
_WORST = 10
_GOALS = (0.995, 0.99)


def main() -> int:
    """Print precision and recall of each kind of fact; 1 where a goal is missed."""
    parser = ArgumentParser(prog="python -m tests.accuracy")
    parser.add_argument(
        "what", nargs="?", choices=("pages", "services"), default="pages"
    )
    parser.add_argument(
        "--services", type=int, default=0, help="a sample of so many services"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--web", type=int, default=400, help="so many operations")
    parser.add_argument("--javascript", nargs="*", default=PACKAGES, metavar="PACKAGE")
    arguments = parser.parse_args()
    if arguments.what == "services":
        path = Path(specwright.__file__).parent / "sources" / "pages" / "services.txt"
        path.write_text(table(), "utf-8")
        return 0
    names = services()
    if arguments.services:
        names = sorted(random.Random(arguments.seed).sample(names, arguments.services))
    found = _boto3(names)
    good = [_print("boto3, pages of botocore's documenter", found)]
    for style, result in read_api_pages(arguments.web, arguments.seed).items():
        told = _print(f"AWS API Reference as {style}", [result])
        good.append(told or style == "nothing between elements")
    for age, result in read_dart_pages(arguments.web, arguments.seed).items():
        good.append(_print(f"Dart, {age} packages", [result]))
    packages = [read_package(name) for name in arguments.javascript]
    done = [result for result in packages if result is not None]
    if len(done) < len(packages):
        print(f"\nJavaScript: npm gave {len(done)} of {len(packages)} packages")
    if done:
        good.append(_print("JavaScript, pages of npm packages", done))
    return 0 if all(good) else 1


def _boto3(names: list[str]) -> list[Result]:
    results: list[Result] = []
    with ProcessPoolExecutor() as pool:
        for result in pool.map(partial(read_service, sample=0, seed=0), names):
            results.append(result)
            if sys.stderr.isatty():
                print(
                    f"\r{len(results)}/{len(names)} services", end="", file=sys.stderr
                )
    return results


def _print(title: str, results: list[Result]) -> bool:
    total = Score()
    for result in results:
        total.add(result.score)
    print(f"\n{title}: {sum(result.pages for result in results)} pages")
    print(f"{'fact':28} {'right':>8} {'precision':>10} {'recall':>10}")
    for kind in total.kinds():
        numbers = f"{total.precision(kind):10.3%} {total.recall(kind):10.3%}"
        print(f"{kind:28} {total.right[kind]:8} {numbers}")
    worst = sorted((w for result in results for w in result.worst), reverse=True)[
        :_WORST
    ]
    for count, name, differences in worst:
        print(f"  {name}: {count} differences: {'; '.join(differences)}")
    return all(
        total.precision(kind) >= (0.98 if "pagination" in kind else _GOALS[0])
        and total.recall(kind) >= (0.98 if "pagination" in kind else _GOALS[1])
        for kind in total.kinds()
    )


if __name__ == "__main__":
    raise SystemExit(main())
