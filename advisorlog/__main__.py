"""`python -m advisorlog` is the command `advisorlog`."""

from advisorlog.cli import main

if __name__ == "__main__":
    main()
