"""The reference lyrics network, a plain LSTM: architecture, training, figures, publication and report.

The commands import `run`. Nothing here is imported by `network`.
"""
