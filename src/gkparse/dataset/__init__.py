"""Datasets: from folders of reports to one table, whatever happens on the way.

The files of a walk are read batch by batch, each into a shard that is whole or not there, and the
shards are put together in the order of the walk. So the same command goes on where a killed one was.
"""

from gkparse.dataset.building import Summary, build
from gkparse.dataset.progress import Progress

__all__ = ["Progress", "Summary", "build"]
