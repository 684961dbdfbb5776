"""The process: starts cheap, and ends with one clear line and an exit code, never with a traceback.

A traceback quotes exceptions, and an exception of a library may quote the document.
"""

from __future__ import annotations

import gc
import os
import sys

from piiscan import __version__
from piiscan.errors import OutputError, PiiscanError, ReaderGoneError

EXIT_USAGE = 2
EXIT_OUTPUT = 4
EXIT_INTERRUPTED = 130
EXIT_READER_GONE = 141


def console() -> None:
    """Run the command line of this process, and end the process."""
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = EXIT_READER_GONE
    except OSError:
        code = EXIT_OUTPUT
    os._exit(code)  # everything is closed and written: taking the modules apart would only take time


def main() -> int:
    """Run the command line of this process and give its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        # Answered before anything heavy is imported: hooks and package managers ask for it often.
        sys.stdout.write(f"piiscan {__version__}\n")
        return 0
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except (BrokenPipeError, ReaderGoneError):
        # Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_READER_GONE
    except Exception as error:  # noqa: BLE001 - the last line of defence: nothing may reach Python's own traceback
        import traceback  # noqa: PLC0415 - a third of all that --version would load

        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{os.path.basename(frame.filename)}:{frame.lineno}"  # noqa: PTH119 - pathlib is not loaded for it
        sys.stderr.write(f"piiscan: internal error: {type(error).__name__} at {place}; please report it\n")
        return EXIT_USAGE


def _run(arguments: list[str]) -> int:
    gc.disable()  # what is made while modules load is there to stay; the commands turn it on again
    try:
        from piiscan.stdregexes import put_in_place  # noqa: PLC0415

        put_in_place()
        from piiscan.cli import run_command  # noqa: PLC0415

        return run_command(arguments)
    except PiiscanError as error:
        from piiscan.printable import printable  # noqa: PLC0415 - as late as it is needed

        sys.stderr.write(f"piiscan: error: {printable(str(error))}\n")
        return EXIT_OUTPUT if isinstance(error, OutputError) else EXIT_USAGE


if __name__ == "__main__":
    console()
