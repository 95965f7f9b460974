"""Many documents: by several processes, by a cluster, interrupted."""
