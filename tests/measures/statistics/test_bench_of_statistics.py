"""The bench of statistics has the name of a module of the standard library, and must not be taken for it."""

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[3] / "bench"


def test_another_bench_gets_the_standard_librarys_statistics():
    code = (
        f"import sys; sys.path.insert(0, {str(BENCH)!r}); from statistics import median_low; import canonical;"
        "import statistics; print(median_low([3, 1, 2]), 'PHStatsMethods' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2", "False"]
