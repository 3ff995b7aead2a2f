"""The score-batch command: mood scores for CSV and Parquet files of any size, on many cores or machines.

Training and benchmarks may import ScoreBatchError and all modules except `ray_runner`, which needs Ray.
The HTTP app may import nothing from here: it is installed without pyarrow.
"""


class ScoreBatchError(Exception):
    """An input cannot be read, an output belongs to another run, or a process died. The message says which."""
