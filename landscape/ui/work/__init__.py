"""What the pages compute: quick answers from bounded caches, long ones as jobs, reruns in turn."""
