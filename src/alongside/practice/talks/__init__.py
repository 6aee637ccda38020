"""The page for hard talks: what to do now, whom to call, what stays in our role (PROC-7)."""

from alongside.practice.talks.reading import Line, Page, Part, mistakes, page, read_page, texts

__all__ = ["Line", "Page", "Part", "mistakes", "page", "read_page", "texts"]
