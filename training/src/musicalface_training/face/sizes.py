"""The sizes that the face network is built in."""

from typing import Literal

Size = Literal["small", "large"]
