"""desireline paths …: where customers go, how long it takes, who is lost. The commands of `questions`, for typer."""

from __future__ import annotations

import inspect
from typing import Annotated, Any

import typer

from desireline.cli.catalog import COMMANDS
from desireline.cli.questions import QUESTIONS, Question
from desireline.cli.words import Word

app = typer.Typer(help=COMMANDS["paths"].says, no_args_is_help=True)


def _command(question: Question) -> Any:
    """A function as typer wants it: with a parameter for each word."""

    def command(**said: Any) -> None:
        question.answer(said)

    parameters = [_parameter(word) for word in question.known]
    command.__doc__ = question.about
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    return command


def _parameter(word: Word) -> inspect.Parameter:
    about: Any
    if word.flags:
        about = typer.Option(*word.flags, help=word.about, metavar=word.metavar, min=word.low, max=word.high)
    else:
        about = typer.Argument(help=word.about, metavar=word.metavar)
    holds: Any = list[word.kind] if word.many else word.kind  # type: ignore[name-defined]
    optional = holds if word.needed or word.default is not None else holds | None
    default = inspect.Parameter.empty if word.needed else word.default
    return inspect.Parameter(
        word.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[optional, about]
    )


for _name, _question in QUESTIONS.items():
    app.command(_name)(_command(_question))
