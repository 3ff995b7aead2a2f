"""Progress bars of long measurements."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

Item = TypeVar("Item")


def progress(items: Sequence[Item], label: str) -> Iterator[Item]:
    """Yield the items and draw a bar on standard error, if it is a terminal.

    The bar is drawn between two items, never while an item is measured.
    """
    console = Console(stderr=True)
    with Progress(console=console, auto_refresh=False, transient=True, disable=not console.is_terminal) as bar:
        yield from bar.track(items, description=label)
