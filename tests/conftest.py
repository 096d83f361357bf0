"""The suite's own rules: the same code gives the same result, today and tomorrow."""

from hypothesis import settings

# Searching for new examples is for `--hypothesis-profile=default`; what it finds becomes a test of its own.
settings.register_profile("suite", derandomize=True, print_blob=True)
settings.load_profile("suite")
