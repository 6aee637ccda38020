"""Every write of what changes over time: each one sentence in the log."""
