"""Figures of face classifiers: accuracy, F1, calibration, time, and pages that put classifiers side by side.

The packages that train and publish import measures, predictions and scoring; the commands import the rest.
Imports `face.data`, and nothing that trains.
"""
