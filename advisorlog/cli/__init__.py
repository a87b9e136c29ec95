"""The command line: `advisorlog`. Each noun is a file here, loaded only when it is called (see `catalogue`)."""


def main() -> None:
    """Run the command that the user typed and leave the process with its exit code."""
    import gc
    import sys

    # Loading makes tens of thousands of objects that all stay. To look through them again and again for garbage, as
    # Python would at every 700 new ones, takes a tenth of the time that a brief takes.
    gc.set_threshold(50_000)
    from advisorlog.cli.running import run

    sys.exit(run(sys.argv[1:]))
