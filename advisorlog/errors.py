"""What went wrong, in words for the person at the keyboard."""


class AdvisorlogError(Exception):
    """A failure that the user can act on: one line that says what failed and what to do.

    The command line prints it and exits with 1; the terminal UI shows it as a notice. It is never a bug report:
    bugs keep their own exception types.
    """

    def __init__(self, message: str, what_to_do: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.what_to_do = what_to_do

    def __str__(self) -> str:
        return f"{self.message}. {self.what_to_do}" if self.what_to_do else self.message


class NotFound(AdvisorlogError):
    """A name that the user gave stands for no record."""


class LogError(AdvisorlogError):
    """The log itself can't be opened, read or written."""
