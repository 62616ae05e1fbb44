"""Networks trained on batches: runs side by side under `vmap`, and what they leave behind.

All optimizers of a comparison get the same start and the same batches. A program takes
as many steps as fit into 0.15 s and comes back, so that a training can be watched and stopped.
"""
