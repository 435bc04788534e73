"""What every workspace begins with."""

from tenure.health.builtin import install_metrics
from tenure.health.definitions import install_default


def install_defaults() -> None:
    """Adds what is missing of the built-in metrics and the default health definition; changes nothing else."""
    install_metrics()
    install_default()
