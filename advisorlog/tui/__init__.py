"""The full-screen program, on Textual."""

import os

# How long Textual waits between two paints, as a rate that is read when it is first loaded. At its own 60 a paint that
# follows another (the line that Enter emptied, then the line that was stored) waits up to 33 ms for its turn; nothing
# is painted more often for it, since only what has changed is painted at all. (Animations keep a rate of their own.)
os.environ.setdefault("TEXTUAL_FPS", "240")
