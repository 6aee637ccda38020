"""What holds for milestones, for returns and for check-ins. Pure."""
