"""The served face network: architecture, training with a teacher, quantisation, publication and report.

The commands import `train` and `publish`. Nothing here is imported by the other networks or by `evaluation`.
"""
