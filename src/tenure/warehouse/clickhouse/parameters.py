"""Values of a statement that is put together, each bound by the server under a number and a type."""

from typing import Any


class Parameters:
    """Collects values; `values` goes with the statement."""

    def __init__(self, **values: Any) -> None:
        self.values: dict[str, Any] = dict(values)

    def add(self, value: Any, type_name: str) -> str:
        """The placeholder of a value."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f"{{{name}:{type_name}}}"
