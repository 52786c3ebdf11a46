"""Hypothesis profiles: `--hypothesis-profile=nightly` searches ten times longer than the default."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A report is a large example, and CI machines are slow: neither is a defect of the parser.
_always = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.register_profile("default", _always, max_examples=15, derandomize=True)
settings.register_profile("nightly", _always, max_examples=150, print_blob=True)
settings.load_profile("default")
