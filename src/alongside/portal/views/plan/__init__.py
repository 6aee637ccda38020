"""A participant's own plan: to read whole, and to write in their own words."""
