"""Fonts that stand in for those of official papers: a fontconfig file written from what this machine has.

Every Chinese font has an advance of one em for each character, so that line and page breaks are those of the real fonts; only the
looks differ. Exact line pitch makes the place of a line independent of the font's height.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

STAND_INS: Mapping[str, tuple[str, ...]] = {
    "仿宋_GB2312": ("FandolFang R", "FandolFang", "AR PL KaitiM GB"),
    "楷体_GB2312": ("FandolKai", "AR PL KaitiM GB"),
    "黑体": ("FandolHei", "WenQuanYi Zen Hei"),
    "宋体": ("FandolSong", "AR PL SungtiL GB"),
    "方正小标宋简体": ("Noto Serif CJK SC", "AR PL SungtiL GB"),
    "Times New Roman": ("Liberation Serif",),
}
"""For each font that a draft names, families in the order in which they are taken."""


@cache
def families() -> frozenset[str]:
    """Every name of every family on this machine."""
    if not shutil.which("fc-list"):
        return frozenset()
    shown = subprocess.run(
        ["fc-list", ":", "family"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    return frozenset(name.strip() for line in shown.splitlines() for name in line.split(","))


def chosen() -> Mapping[str, str]:
    """The stand-in of each font; one without any is left out."""
    found = {
        name: next((each for each in wanted if each in families()), "") for name, wanted in STAND_INS.items()
    }
    return {name: family for name, family in found.items() if family}


def lacking() -> tuple[str, ...]:
    """The fonts that nothing here can stand in for."""
    return tuple(name for name in STAND_INS if name not in chosen())


def font_file(folder: Path) -> Path:
    """Write the fontconfig file; programs take it from the variable FONTCONFIG_FILE."""
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><accept><family>{family}</family></accept></alias>\n'
        for name, family in chosen().items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n{aliases}</fontconfig>\n',
        "utf-8",
    )
    return path
