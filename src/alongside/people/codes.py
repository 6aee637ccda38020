from enum import StrEnum


class SamePersonAnswer(StrEnum):
    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"
