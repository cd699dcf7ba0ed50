"""One target under atheris: `python -m tests.fuzz.one TARGET [options of libFuzzer]`."""

import pkgutil
import sys
from importlib import import_module
from time import process_time

LEAST, EACH = 2.0, 0.0005
"""CPU seconds that an input may take, and those that each byte of it adds: some hundred times what texts take."""


def main() -> None:
    """Fuzz until libFuzzer's options say enough or an input fails."""
    import atheris

    with atheris.instrument_imports(include=["extractors", "pipeline"]):
        for package in ("extractors", "pipeline"):
            for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
                import_module(module.name)
    from tests.fuzz.targets import TARGETS

    target = TARGETS[sys.argv.pop(1)]
    target.check(target.make(b"\0" * 8))

    def seconds(made: bytes) -> float:
        start = process_time()
        target.check(made)
        return process_time() - start

    def one(data: bytes) -> None:
        made = target.make(data)
        most = LEAST + EACH * len(made)
        if seconds(made) > most and (took := seconds(made)) > most:  # the first may load what others share
            raise TimeoutError(f"{took:.1f} s for {len(made)} bytes")

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
