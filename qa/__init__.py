"""A question in, a cited answer out."""

import vectorstore as vectorstore  # before numpy: see there
