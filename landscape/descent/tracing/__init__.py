"""From any callable to a program that is compiled once: what it captures becomes its arguments.

A loss of one's own is usually a closure over data, made anew in each cell of a notebook. It is traced once a
call, the arrays it captured become arguments, and the compiled program is kept under a key read from the
traced equations: a new closure over new data compiles nothing, and old data is not kept alive.
"""
