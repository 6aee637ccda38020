"""The words to translate: ``python scripts/words.py [compile|check]``; without a word it looks for
them anew and writes the catalogs (``make words``). docs/languages.md says how to translate."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
from scripts.wording import catalogs  # noqa: E402


def find() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django  # noqa: PLC0415

    django.setup()
    from scripts.wording import reach  # noqa: PLC0415

    found = reach.everything()
    for language in catalogs.LANGUAGES:
        now = catalogs.updated(language, found)
        catalogs.write(now, language)
        print(f"{language}: {len(now)} texts, {len(catalogs.missing(now))} without a translation")
    catalogs.compile_all()


def main() -> None:
    if sys.argv[1:] == ["compile"]:
        if changed := catalogs.compile_all():
            print(f"Compiled the words of {', '.join(changed)}.", flush=True)
    else:
        find()


if __name__ == "__main__":
    main()
