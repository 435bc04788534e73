import os
import subprocess
import sys

SAY = "from tenure.cli.main import say; say('x' * 1_000_000)"


def test_it_stops_quietly_when_whoever_reads_has_read_enough():
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([sys.executable, "-c", SAY], stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")
