"""The driver: order, a bounded window, dead workers, tasks that are to blame, errors, halting."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.loading.doubles import Pools, Sum, Sums, add_up

from zhiguan.loading.driver import Driver, DyingWorkersError
from zhiguan.loading.executors import Here

Numbers = tuple[int, ...]


def tasks(folder: Path, *numbers: Numbers) -> Iterator[Sum]:
    return (Sum(some, folder) for some in numbers)


def run(start: type[Executor] | Pools, sums: Sums, given: Iterator[Sum], ahead: int = 4) -> list[int]:
    return list(Driver(add_up, start, ahead, sums).results(given))


@pytest.mark.parametrize("start", [Here, ThreadPoolExecutor])
def test_results_come_in_the_order_of_the_tasks_from_any_executor(start: type[Executor], tmp_path: Path) -> None:
    many = [(number, 1) for number in range(50)]
    assert run(start, Sums(), tasks(tmp_path, *many)) == [number + 1 for number in range(50)]


def test_no_task_is_no_result(tmp_path: Path) -> None:
    assert run(Here, Sums(), tasks(tmp_path)) == []


def test_the_window_is_bounded(tmp_path: Path) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Sum]:
        for number in range(1000):
            taken.append(number)
            yield Sum((number,), tmp_path)

    results = Driver(add_up, ThreadPoolExecutor, 4, Sums()).results(endless())
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    assert len(taken) <= 3 + 4
    results.close()


def test_what_an_earlier_run_did_is_not_done_again(tmp_path: Path) -> None:
    assert run(Here, Sums(done={(1,): 111}), tasks(tmp_path, (1,), (2,))) == [111, 2]
    assert [file.name for file in tmp_path.iterdir()] == ["2.at"]


def test_an_error_of_a_task_ends_the_run_and_halts_the_others(tmp_path: Path) -> None:
    sums = Sums()
    with pytest.raises(ValueError, match="bad luck"):
        run(ThreadPoolExecutor, sums, tasks(tmp_path, (1,), (1313,), (2,)))
    assert sums.halted


def test_who_wants_no_more_halts_the_others(tmp_path: Path) -> None:
    sums = Sums()
    results = Driver(add_up, Here, 1, sums).results(tasks(tmp_path, (1,), (2,)))
    next(results)
    results.close()
    assert sums.halted


def test_a_run_to_the_end_halts_nobody(tmp_path: Path) -> None:
    sums = Sums()
    run(Here, sums, tasks(tmp_path, (1,)))
    assert not sums.halted


@pytest.mark.parametrize(
    ("numbers", "sums"),
    [
        ([(1, 2), (3, -1, 4), (5, 6)], [3, 7, 11]),  # one kills
        ([(-1,), (-2, 7), (1,)], [0, 7, 1]),  # the first tasks kill at once
        ([(1,), (-1, 2, -3, 4)], [1, 6]),  # one kills more than once
    ],
)
def test_what_kills_its_worker_is_left_out_and_nothing_else(
    numbers: list[Numbers], sums: list[int], tmp_path: Path
) -> None:
    pools = Pools()
    assert run(pools, Sums(), tasks(tmp_path, *numbers, (8,), (9,))) == [*sums, 8, 9]
    assert len(pools.started) > 1


def test_workers_that_die_without_an_article_to_blame_end_the_run(tmp_path: Path) -> None:
    with pytest.raises(DyingWorkersError, match="--jobs 1"):
        run(Pools(), Sums(blame=False), tasks(tmp_path, (1,), (-1,)))
