"""The served lyrics network: architecture, pretraining, fine-tuning, cross-validation, publication and report.

The commands import `train` and `publish`. Nothing here is imported by `reference`.
"""
