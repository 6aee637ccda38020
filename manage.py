#!/usr/bin/env python
"""Django's own commands, for people who work on Alongside. Everyone else uses ``alongside``."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    sys.path.insert(0, "src")
    from alongside.config.start import refuse_mistakes

    refuse_mistakes()
    execute_from_command_line(sys.argv)
