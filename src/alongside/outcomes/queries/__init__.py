"""Every read of what changes over time, viewer first."""
