"""The reference face network, a plain CNN: architecture, training, publication and report.

The commands import `train` and `publish`. Nothing here is imported by the other networks or by `evaluation`.
"""
