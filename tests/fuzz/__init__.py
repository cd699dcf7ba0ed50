"""Fuzzing: `make fuzz` throws what nobody would write at readers, extractors, queries and tables.

- `words`: the words of the domain, from the tables in `extractors/data/`
- `compose`: bytes of the fuzzer → texts, pages and tables made of these words
- `edits`, `files`, `pages`: bytes of the fuzzer → files of Word, PDF, mail and zips, small samples changed inside; `bundles` keeps
  their parts as one input
- `targets`, `databases`, `readers`, `frames`: what is tried, and what must hold of any input
- `one`: one target under atheris, which steers by the branches that an input reaches
- `shrink`: the least of an input that still fails
- `__main__`: all targets in turn; an input that fails goes to `found/`, and to `inputs/` once it is mended
"""

from pathlib import Path

FOUND = Path(__file__).parent / "found"
"""Inputs that fail, as the last run left them."""
INPUTS = Path(__file__).parent / "inputs"
"""Inputs that failed once, a folder for each target; `tests/unit/test_fuzzed.py` tries them."""
