"""How the documentation is built: `python -m sphinx -n -W --keep-going docs build/docs`."""

from __future__ import annotations

import gkparse

project = "gkparse"
author = copyright = "The gkparse developers"  # noqa: A001 - Sphinx calls it so
version = release = gkparse.__version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["diagnostics.toml"]
html_theme = "furo"
html_title = f"gkparse {release}"
html_copy_source = False

myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "undoc-members": True}
python_use_unqualified_type_names = True

# Nothing is fetched: what stands in the documentation of others is not linked.
nitpick_ignore_regex = [("py:.*", r"(?!gkparse\.[A-Za-z]+$).*")]
