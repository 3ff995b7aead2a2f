"""What every service speaks: vocabulary, errors, settings, logs, metrics, health, limits."""

import os

__version__ = "0.1.0"

# Since 1.29 ONNX Runtime on Linux reports model names and hashes to its vendor, and keeps a device id, unless it finds
# this when it is loaded. Every package of ours imports this one first.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
