"""What the pages compute: quick answers from bounded caches, long ones as jobs, reruns in turn.

Three hundred visits share two cores. Equal questions are computed once, for all visits; work that no visit
asks for any more is told to end; reruns go through a turnstile one by one, for of a hundred that take turns
all end last, and of a hundred in a row half are done in half the time.
"""
