"""integrity: whether a database holds what it must, and what can be saved of one that does not."""

from pipeline.integrity.examine import Examined, Problem, examine, is_damaged
from pipeline.integrity.salvage import Salvage, salvage, saved_corrections

__all__ = ["Examined", "Problem", "Salvage", "examine", "is_damaged", "salvage", "saved_corrections"]
