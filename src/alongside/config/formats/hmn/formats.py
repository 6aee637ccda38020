"""Hmong, as it is written in the United States: days and numbers as in English here.

The names are those that Django asks a format module for.
"""

DATE_FORMAT = "n/j/Y"
SHORT_DATE_FORMAT = "n/j/Y"
MONTH_DAY_FORMAT = "n/j"
YEAR_MONTH_FORMAT = "n/Y"
TIME_FORMAT = "g:i A"
DATETIME_FORMAT = "n/j/Y, g:i A"
SHORT_DATETIME_FORMAT = "n/j/Y, g:i A"
FIRST_DAY_OF_WEEK = 0
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y"]
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
