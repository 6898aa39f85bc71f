"""Frozen values with some fields changed: several times as fast as `dataclasses.replace`, which calls the initialiser
and sets each field anew. A turn makes ten of the largest ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from dataclasses import replace as replace
else:
    Value = TypeVar("Value")

    def replace(value: Value, /, **changes: Any) -> Value:
        """What was worked out from the old fields (cached properties) stays behind."""
        names = type(value).__dataclass_fields__
        if not changes.keys() <= names.keys():
            raise TypeError(f"no such field of {type(value).__name__}: {sorted(changes.keys() - names.keys())}")
        old, new = value.__dict__, object.__new__(type(value))
        new.__dict__.update({name: old[name] for name in names}, **changes)
        return new
