"""Networks trained on batches: runs side by side under `vmap`, and what they leave behind."""
