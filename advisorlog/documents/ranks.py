"""What a brief's budget keeps first: the ranks of its items.

The promises that are still open have the highest and so are the last to go (DESIGN.md, section 4).
"""

PROMISES, PITCH, ASKS, SAID, FINDINGS, MOVES, RULED_OUT, DONE, UNTOLD, TERMS, NEXT = (
    1000, 900, 850, 800, 799, 755, 788, 798, 797, 700, 640,
)  # fmt: skip
"""Where the ranks of each kind of item begin; the next of its kind ranks `STEP` lower, so that a short budget takes
the first of each kind before the fourth of any."""
EXPECTED = PROMISES + 1
EARLIER = 500
STEP = 35
