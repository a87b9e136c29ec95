"""`advisorlog assist`: setting the model up, and its help with single records."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisorlog.cli.assisting import accepted, helper_for, show_prompt_option, sourced, tell_gate
from advisorlog.cli.command import Group
from advisorlog.cli.output import counted, one_line, print_facts
from advisorlog.cli.parameters import ENTRY, PERSON
from advisorlog.cli.state import State, pass_state, refuse
from advisorlog.domain.inert import inert

if TYPE_CHECKING:
    from advisorlog.workflow.assisting.setting_up import Tried


@click.group(
    "assist",
    cls=Group,
    examples=[
        "advisorlog assist setup                 finds a model on this machine",
        "advisorlog assist status",
        "advisorlog assist reasons 510",
        "advisorlog assist rewrite draft.md --show-prompt",
    ],
)
def command() -> None:
    """A language model as an optional help, for the tasks that you switch on. It proposes; you accept.

    Every line that it gives is traceable to a sentence of your records; that it is right, nobody has checked. Private
    lines and other mentees never go out. The key is read from ADVISORLOG_ASSIST_KEY or the system's keyring.
    """


@command.command(
    "setup",
    examples=[
        "advisorlog assist setup",
        "advisorlog assist setup --task propose --task condense",
        "advisorlog assist setup --url https://models.example.org/v1 --model small",
    ],
)
@click.option("--url", help="The endpoint (default: looked for on this machine).")
@click.option("--model", help="The model's name (default: the first that the endpoint lists).")
@click.option("--task", "tasks", multiple=True, help="Switch on a task; repeatable. Those that were on stay on.")
@click.option("--off", multiple=True, help="Switch off a task; repeatable.")
@pass_state
def setup(state: State, url: str | None, model: str | None, tasks: tuple[str, ...], off: tuple[str, ...]) -> None:
    """Find an endpoint on this machine (llama.cpp, Ollama, LM Studio, vLLM), try it, and write it to your settings.

    Nothing of your log is sent to try it.
    """
    from advisorlog.workflow.assisting import setting_up

    setting_up.check_tasks([*tasks, *off])
    found = setting_up.find(url, model)
    if found is None:
        refuse(
            "No language model answers on this machine",
            "Start one (for example `llama-server -m MODEL.gguf`), or name an endpoint with --url",
        )
    tried = setting_up.attempt(found)
    _tell(tried)
    if not tried.works:
        refuse("It can't be used like this, and your settings are as they were", "Try another model or endpoint")
    on = setting_up.write(state.settings, found, tasks, off)
    state.note(f"Written to {one_line(str(state.settings.config_file))}.")
    state.note(f"On: {', '.join(sorted(on))}." if on else "No task is on yet: --task NAME switches one on.")


def _tell(tried: "Tried") -> None:
    print_facts(
        [
            ("endpoint", tried.endpoint.url),
            ("model", tried.endpoint.model),
            ("answers", tried.answer),
            ("keeps a form", tried.form),
        ]
    )


@command.command("status", examples=["advisorlog assist status"])
@pass_state
def status(state: State) -> None:
    """Where notes would go, for which tasks, whether it answers, and what the cache holds."""
    from advisorlog.workflow.assisting import setting_up

    print_facts(setting_up.facts(state.settings))


@command.command("clear", examples=["advisorlog assist clear"])
@pass_state
def clear(state: State) -> None:
    """Forget the answers that were kept beside the log."""
    from advisorlog.assist.cache import Cache

    state.note(f"{counted(Cache(state.log).clear(), 'answer')} forgotten.")


@command.command("tensions", examples=["advisorlog assist tensions"])
@show_prompt_option
@pass_state
def tensions(state: State, show_prompt: bool) -> None:
    """Pairs that may conflict, in the model's order. Only you say what a pair is: `advisorlog tension resolve`."""
    from advisorlog.workflow.assisting import helping

    found = helping.tensions(helper_for(state, "tension", show_prompt))
    for each in found:
        label = f"the model: {each.word}" if each.word else "the model says nothing"
        click.echo(f"may conflict ({label}): {'; '.join(each.candidate.why)}")
        for point in (each.candidate.first, each.candidate.second):
            click.echo(f"  {point.day}  {point.id:>5}  {one_line(point.text)}")
    if not found:
        state.note("Nothing that may conflict is open.")


@command.command("reasons", examples=["advisorlog assist reasons 510", "advisorlog assist reasons 510 --review"])
@click.argument("advice", type=ENTRY)
@click.option("--review", is_flag=True, help="Go through them; what you accept becomes the guess.")
@show_prompt_option
@pass_state
def reasons(state: State, advice: int, review: bool, show_prompt: bool) -> None:
    """Lines of your record that may be why an ADVICE was given."""
    from advisorlog.workflow.assisting import helping

    found = helping.reasons(helper_for(state, "guess", show_prompt), advice)
    tell_gate(state, found)
    kept = [each for each in found if each.sentence is not None]
    if not review:
        for each in kept:
            click.echo(sourced(each))
        state.note("`advisorlog guess new ADVICE --because ENTRY` asks with it." if kept else "No reason was found.")
        return
    from advisorlog.workflow import guesses

    because = [each.sentence.record.id for each in accepted(state, kept) if each.sentence is not None]
    if because:
        made = guesses.new(state.log, state.now, advice, because)
        state.note(f"Guess {made.id}: {one_line(made.question)}")


@command.command("keywords", examples=["advisorlog assist keywords noor"])
@click.argument("mentee", type=PERSON)
@show_prompt_option
@pass_state
def keywords(state: State, mentee: str, show_prompt: bool) -> None:
    """Search keywords for a MENTEE, each with the line of theirs that it helps with."""
    from advisorlog.assist.grounding import Shown
    from advisorlog.workflow.assisting import helping

    found = helping.keywords(helper_for(state, "keywords", show_prompt), mentee)
    tell_gate(state, found)
    for each in found:
        if each.shown is not Shown.DROPPED:
            click.echo(sourced(each))


@command.command(
    "rewrite", examples=["advisorlog assist rewrite draft.md", "advisorlog brief | advisorlog assist rewrite -"]
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), default="-")
@click.option("--review", is_flag=True, help="Go through them; the text with what you accepted is printed.")
@show_prompt_option
@pass_state
def rewrite(state: State, file: Path, review: bool, show_prompt: bool) -> None:
    """Other words for what the stateless check finds in FILE: the old sentence, then the new one."""
    from advisorlog.workflow import checking
    from advisorlog.workflow.assisting import helping

    text = _text(file)
    found = checking.check(state.settings, text)
    rewritten = helping.rewrites(helper_for(state, "rewrite", show_prompt), text, found) if found else []
    tell_gate(state, rewritten)
    if review:
        from advisorlog.workflow.assisting import rewording

        passed = [each for each in rewritten if not each.why]
        chosen = accepted(state, passed, stdin_is_taken=str(file) == "-")
        click.echo(inert(rewording.text_with(text, chosen)), nl=False)
        return
    for each in rewritten:
        if each.sentence is not None and not each.why:
            click.echo(f"- {one_line(each.sentence.text)}")
            click.echo(f"+ {one_line(each.text)}")
    if not found:
        state.note("A cold reader can follow this.")


def _text(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        refuse(f"{file} can't be read: {error.strerror}", "Name a text file, or - for stdin")
