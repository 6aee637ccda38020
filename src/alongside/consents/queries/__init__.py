"""Every read of consents, viewer first."""

from alongside.consents.queries.consents import consents_of, consents_visible_to, coverage

__all__ = ["consents_of", "consents_visible_to", "coverage"]
