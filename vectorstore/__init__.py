"""Articles in, ranked passages out."""

import os

# numpy reads it when it is first imported. OpenBLAS would share out a question's small products among the cores, and
# keep them spinning in between: where anything else runs, be it another question, each took three times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
