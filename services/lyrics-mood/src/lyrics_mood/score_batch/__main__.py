"""`python -m lyrics_mood.score_batch`: the command where nothing but the service and pyarrow is installed."""

import typer

from lyrics_mood.score_batch.command import score_batch

if __name__ == "__main__":
    typer.run(score_batch)
