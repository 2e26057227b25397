"""Where chance comes from: one stream of random numbers for each batch of residents and each thing drawn of them.

A batch's numbers depend on the seed, the batch and the name of what is drawn, and on nothing else: not on how many
batches there are, in which order or by how many threads they are made, nor on what else is drawn.
"""

import hashlib

import numpy as np


def stream(seed: int, batch: int, name: str) -> np.random.Generator:
    """The random numbers for one thing drawn of one batch."""
    digest = hashlib.sha256(name.encode()).digest()
    return np.random.default_rng([seed, batch, int.from_bytes(digest[:8])])
