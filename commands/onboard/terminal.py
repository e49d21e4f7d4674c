"""Runs a command on a terminal of its own and answers it as a person would, for tests.

Reads JSON from standard input: `argv`, and `answers` - pairs of what the terminal has to show and what is typed then. Prints
what the terminal showed, and ends as the command does; 124 where the next question never comes.
"""

import json
import os
import pty
import select
import sys
import time

SECONDS = 120

given = json.load(sys.stdin)
child, terminal = pty.fork()
if child == 0:
    os.execvp(given["argv"][0], given["argv"])

shown = b""
seen = 0
answers = list(given["answers"])
ends = time.monotonic() + SECONDS
while time.monotonic() < ends:
    if not select.select([terminal], [], [], 1)[0]:
        continue
    try:
        chunk = os.read(terminal, 65536)
    except OSError:  # Linux says so where the other side has closed.
        chunk = b""
    if not chunk:
        break
    shown += chunk
    # Each question is looked for after the one before.
    while answers and (at := shown.find(answers[0][0].encode(), seen)) >= 0:
        seen = at + len(answers[0][0].encode())
        os.write(terminal, answers.pop(0)[1].encode())
else:
    os.kill(child, 9)
sys.stdout.write(shown.decode(errors="replace"))
sys.stdout.flush()
_, status = os.waitpid(child, 0)
sys.exit(124 if os.WIFSIGNALED(status) or answers else os.waitstatus_to_exitcode(status))
