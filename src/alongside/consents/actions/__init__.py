"""Every write of consents: each one sentence in the log."""
