"""What the commands share: the group that turns known errors into messages, options, and how to speak to the user."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import BinaryIO, NoReturn

import click

from zhiguan.config import DEFAULT_STORE, VALIDATORS
from zhiguan.errors import ZhiguanError
from zhiguan.read.profile import FORMATS, PLAIN, Profile, find_profile, profile_names
from zhiguan.read.values import ReadOptions

DATA_PROBLEM = 1
INTERRUPTED = 130

store_option = click.option(
    "--store",
    "store_path",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT_STORE,
    envvar="ZHIGUAN_STORE",
    show_default=True,
    show_envvar=True,
    help="Folder of the store.",
)

validator_option = click.option(
    "--validator",
    type=click.Choice(VALIDATORS),
    default=VALIDATORS[0],
    show_default=True,
    help="SHACL engine. pySHACL confirms what shifty refuses and a sample of the rest; pyshacl: it checks all.",
)


class Commands(click.Group):
    """A group whose commands end with a message and an exit code, never with a traceback for a known error."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; known errors become a message and exit code 1, an interrupt becomes 130."""
        try:
            return super().invoke(ctx)
        except ZhiguanError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.filename is None:  # no file of the user's: a pipe, which click knows, or a fault of ours
                raise
            raise click.ClickException(f"{error.filename}: {error.strerror}") from error
        except KeyboardInterrupt:
            say("interrupted; what was written before is whole")
            ctx.exit(INTERRUPTED)


def say(words: str) -> None:
    """Tell the user something that is no data; a progress bar makes room for it, which click.echo would write over."""
    sys.stderr.write(f"{words}\n")


def fail() -> NoReturn:
    """End with the exit code of a data problem, after the words have been said."""
    click.get_current_context().exit(DATA_PROBLEM)


def output() -> BinaryIO:
    """The standard output for data that is bytes already."""
    return sys.stdout.buffer


def pairs(_context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Callback of repeatable `NAME=VALUE` options."""
    found = {}
    for value in values:
        key, equals, rest = value.partition("=")
        if not (key and equals):
            raise click.BadParameter(f"{value!r} is not of the form NAME=VALUE", param=parameter)
        found[key] = rest
    return found


def on_terminal() -> bool:
    """Whether words go to a terminal, where a progress bar is of use."""
    return sys.stderr.isatty()


def _profile(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Profile:
    return find_profile(value) if value else PLAIN


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of commands that read articles; the command gets them as one `reading` value."""

    @click.option(
        "--id",
        "id_from",
        metavar="name|path|FIELD",
        help="What an article is called by: its file's name (a record's id), its path, or a field of its record.  "
        "[default: as the profile says, else name]",
    )
    @click.option(
        "--field",
        "fields",
        multiple=True,
        metavar="NAME=THEIRS",
        callback=pairs,
        help="A record's field has another name, for instance text=content. Repeatable.",
    )
    @click.option(
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        default="auto",
        show_default=True,
        help="What the files are, whatever their endings; auto: as the profile or the ending says.",
    )
    @click.option(
        "--profile",
        metavar="NAME|FILE",
        callback=_profile,
        help=f"How the dump is made: its fields, dates, filters; a TOML file or {', '.join(profile_names())}; "
        "see docs/sources.md.",
    )
    @wraps(command)
    def with_reading(
        *args: object, id_from: str | None, fields: dict[str, str], format_: str, profile: Profile, **rest: object
    ) -> None:
        called = id_from or profile.id_from or "name"
        reading = ReadOptions(id_from=called, fields=fields, format=format_, profile=profile)
        return command(*args, reading=reading, **rest)

    return with_reading
