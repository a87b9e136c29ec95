"""The command line: `advisorlog`. Each noun is a file here, loaded only when it is called (see `catalogue`)."""


def main() -> None:
    """Run the command that the user typed and leave the process with its exit code."""
    import sys

    from advisorlog.cli.running import run

    sys.exit(run(sys.argv[1:]))
