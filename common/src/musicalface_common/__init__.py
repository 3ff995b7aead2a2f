"""What all apps share: vocabulary, errors, settings, logs, metrics, health, limits, deadlines, Redis, model files.

All our packages may import any module of this one. This package imports no other of ours and has no business rules.
"""

import os

__version__ = "0.1.0"

# Since 1.29 ONNX Runtime on Linux reports model names and hashes to its vendor and keeps a device id, unless this
# variable is set before it is loaded. Every package of ours imports this one first.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
