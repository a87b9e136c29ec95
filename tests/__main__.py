"""The whole check, as the README and CI run it: `python -m tests`. Ends with pytest's own closing line."""

import subprocess
import sys
from pathlib import Path

STEPS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "--quiet", "."),
    # pyright looks for packages beside the `python` of PATH unless it is told which interpreter checks.
    ("pyright", "--pythonpath", sys.executable),
    ("pytest", "-q", "-n", "auto"),
)


def main() -> int:
    root = Path(__file__).parent.parent
    for step in STEPS:
        print("$", *step, flush=True)  # noqa: T201
        if code := subprocess.run([sys.executable, "-m", *step], cwd=root).returncode:
            return code
    return 0


sys.exit(main())
