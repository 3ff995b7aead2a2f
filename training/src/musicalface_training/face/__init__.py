"""Face emotion: data sets, networks, their training, publication and evaluation.

The command line imports `commands`. Layers, from the top: commands; network, reference and fisherfaces, which do not
import each other; evaluation, entry, normalisation and yunet; data.
"""
