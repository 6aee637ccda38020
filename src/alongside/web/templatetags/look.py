"""Small helps for the components in ``templates/cotton``."""

from django import template

register = template.Library()


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and the last word: ``"Gia R."`` becomes ``"GR"``."""
    letters = [word[0].upper() for word in str(name).split() if word[0].isalpha()]
    return letters[0] + letters[-1] if len(letters) > 1 else "".join(letters)


@register.filter
def commas(text: str) -> list[str]:
    """``"15,30,45"`` as a list, for choices given in an attribute."""
    return [part.strip() for part in str(text).split(",") if part.strip()]
