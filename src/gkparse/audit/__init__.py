"""The audit page: reports, where each of their numbers is printed, and what does not add up.

`gkparse audit FILE… -o audit.html` writes it; `page` gives it as a string.
"""

from __future__ import annotations

from gkparse.audit.pages import page

__all__ = ["page"]
