"""What FER2013 calls its splits."""

from enum import StrEnum


class SplitName(StrEnum):
    """The splits that nothing is trained on: one to choose by, one to report."""

    PUBLIC = "PublicTest"
    PRIVATE = "PrivateTest"
