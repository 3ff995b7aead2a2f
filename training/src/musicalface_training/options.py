"""Command-line options and their values that several modules share."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Precision = Literal["float32", "bfloat16"]
Size = Literal["small", "large"]
"""The sizes that the served face network is built in."""

DATA = Path("data")
REPORTS = Path("training/reports")
FACTS_FILE = Path("services/recommender/src/recommender/data/catalogue.csv.gz")
"""The facts file of the catalogue that the recommender serves."""

RunFolder = Annotated[
    Path, typer.Option(help="Folder of checkpoints; a stopped run resumes from it, delete it to start again")
]
ModelFolder = Annotated[Path, typer.Option(help="Folder that the service reads its models from")]
Reports = Annotated[Path, typer.Option(help="Folder to write the report to")]
