"""Changes of kept files that are cut short, by the program replace_at."""

import os
import pathlib
import re
import subprocess

PROGRAM = os.environ["REPLACE_AT"]
RUN_S = 20
GONE = 42           # the exit code of who was killed, or lost power
BESIDE = re.compile(r"(blocked|dnd|file)\.tmp-[0-9a-f]{8}")


def run(what, n, *change):
    """Cut a change short; gives the calls that it made and its error, or
    None if it did not come to its end."""
    done = subprocess.run([PROGRAM, str(what), str(n), *map(str, change)],
                          capture_output=True, encoding="utf-8",
                          timeout=RUN_S, stdin=subprocess.DEVNULL)
    if done.returncode not in (0, GONE):
        raise AssertionError(f"{done.args}: {done.returncode}\n"
                             + done.stderr)
    if not done.stdout:
        return None
    calls, err = map(int, done.stdout.split())
    return calls, err


def content(folder):
    """What is in a folder, by name."""
    return {path.name: path.read_text()
            for path in sorted(pathlib.Path(folder).iterdir())
            if path.is_file()}
