"""`python -m lyrics_mood.score_batch`: the command for places where only the service and pyarrow are installed."""

import typer

from lyrics_mood.score_batch.command import score_batch

if __name__ == "__main__":
    typer.run(score_batch)
