"""How a value is printed, and how a printed value is read back.

A form is what a filter asks for: empty (number and unit as the column declares them), `数`, `亿元`, `万元`, `公顷`, `平方米`, `个百分点`, `中文数字`,
`日期`; those with a number may say the decimals: `亿元(1)`, `数(0)`, `(1)` in the declared unit. `亿元|数` converts and leaves the unit out;
`标记`, alone or behind `|`, changes nothing here. Rounding is half up and happens here only.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from drafter.workspace.arithmetic import converted
from drafter.workspace.values import Quantity

NUMBER, CHINESE, DATE, MARKUP = "数", "中文数字", "日期", "标记"
UNITS = ("亿元", "万元", "公顷", "平方米", "个百分点")
"""The forms that convert and print with their unit."""

_CONVERTED_DECIMALS = 2
_POINT_DECIMALS = 1
_FORM = re.compile(r"([^()]*)(?:\((\d+)\))?")
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_DIGITS = "〇一二三四五六七八九"


def parts(form: str) -> tuple[str, int | None, bool]:
    """The name of a form, the decimals that it asks for, and whether the number stands alone."""
    first, *rest = form.split("|")
    found = _FORM.fullmatch(first)
    name, asked = (found[1], int(found[2]) if found[2] else None) if found else (first, None)
    bare = name == NUMBER or NUMBER in rest
    return "" if name in {NUMBER, MARKUP} else name, asked, bare


def form(name: str, decimals: int | None) -> str:
    """The form as it is kept beside a printed value."""
    return name if decimals is None else f"{name}({decimals})"


def format_number(number: Decimal, decimals: int | None) -> str:
    """The number in digits with a fixed count of decimals, or with those it has."""
    if decimals is None:
        text = f"{number:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE):f}"
    # -0.04 with one decimal is 0.0: a minus before zeros says nothing
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text or "0"


def format_quantity(quantity: Quantity, form: str = "") -> str:
    """The quantity as printed in a form; raises `ArithmeticFailed` where its unit does not convert."""
    name, asked, bare = parts(form)
    if name == CHINESE:
        return chinese(quantity.number)
    decimals = quantity.decimals
    if name in UNITS:
        quantity = converted(quantity, name)
        decimals = _decimals(quantity, name)
    text = format_number(quantity.number, decimals if asked is None else asked)
    return text if bare else text + quantity.unit


def _decimals(quantity: Quantity, unit: str) -> int:
    if unit != "个百分点":
        return _CONVERTED_DECIMALS
    return _POINT_DECIMALS if quantity.decimals is None else quantity.decimals


def format_date(text: str) -> str | None:
    """`2020-08-20` as 2020年8月20日, `2020-08` as 2020年8月; None for what is no date."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", text.strip())
    if found is None:
        return None
    day = f"{int(found[3])}日" if found[3] else ""
    return f"{found[1]}年{int(found[2])}月{day}"


def spoken(day: date) -> str:
    """A date as official texts write it: 2020年8月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese(number: Decimal) -> str:
    """The number in Chinese words: 十二, 二千零二十五, 三点五, 负一."""
    text = format_number(abs(number), None)
    whole, _, rest = text.partition(".")
    words = _chinese_whole(int(whole))
    if rest:
        words += "点" + "".join("零" if digit == "0" else _DIGITS[int(digit)] for digit in rest)
    return "负" + words if number < 0 else words


def _chinese_whole(number: int) -> str:
    if number == 0:
        return "零"
    groups: list[str] = []
    scale = 0
    while number:
        number, group = divmod(number, 10_000)
        if group:
            groups.append(_chinese_group(group) + _scale(scale))
        if number and group < 1_000:  # noqa: PLR2004 -- a group that begins with a zero says it
            groups.append("零" if group else "")
        scale += 1
    text = "".join(reversed(groups))
    text = re.sub("零+", "零", text).strip("零")
    return text[1:] if text.startswith("一十") else text


def _scale(power: int) -> str:
    """万, 亿, 万亿, 亿亿 ... for the powers of ten thousand."""
    return "万" * (power % 2) + "亿" * (power // 2)


def _chinese_group(group: int) -> str:
    words = ""
    for digit, unit in zip(f"{group:04d}", "千百十 ", strict=True):
        words += "零" if digit == "0" else _DIGITS[int(digit)] + unit.strip()
    return re.sub("零+", "零", words).strip("零")


# -- back again ---------------------------------------------------------------------------------------------------------

_PRINTED = re.compile(r"([-+−－–]?)(\d[\d,，]*(?:\.\d+)?|\.\d+)")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


def read_number(text: str) -> Decimal | None:
    """Digits as typed by a reviewer: thousands separators and full-width digits are read."""
    found = _PRINTED.fullmatch(text.strip().translate(_WIDE_DIGITS))
    if found is None:
        return None
    try:
        number = Decimal(found[2].replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return -number if found[1] and found[1] != "+" else number


def parse_printed(text: str, quantity: Quantity, form: str = "") -> Decimal | None:
    """The exact number, in the quantity's own unit, that would print as `text` in this form; None where it cannot be read.

    `24500张` for a quantity in 张 is 24500; `22.35亿元` for one in 万元 is 223500.
    """
    name, _, bare = parts(form)
    own = name if name in UNITS else quantity.unit
    unit = "" if bare else own
    text = text.strip().translate(_WIDE_DIGITS)
    if name == CHINESE or not text.endswith(unit):
        return None
    number = read_number(text[: len(text) - len(unit)] if unit else text)
    if number is None or own == quantity.unit:
        return number
    return converted(Quantity(number, own, None, quantity.datum), quantity.unit).number


def scalar_for(printed: str, was: str, scalar: str, form: str = "") -> str | None:
    """The YAML scalar that makes a datum print as `printed`, where it printed as `was` when its scalar was `scalar`.

    Nothing of the data is needed: what stands around the number in `was` must stand around the new one, and the scale between the
    two numbers is a power of ten. Quotes of the scalar stay. None where the new text cannot be read so.
    """
    quote = scalar[:1] if scalar[:1] in {'"', "'"} and scalar[-1:] == scalar[:1] else ""
    old = read_number(scalar[1:-1] if quote else scalar)
    if old is None:
        return _words_for(printed, quote) if form in {"", MARKUP} else None
    if parts(form)[0] in {CHINESE, DATE}:
        return None
    shown = _PRINTED.search(was)
    if shown is None:
        return None
    before, behind = was[: shown.start()], was[shown.end() :]
    text = printed.strip().translate(_WIDE_DIGITS)
    if not text.startswith(before) or not text.endswith(behind) or len(text) < len(before) + len(behind):
        return None
    new = read_number(text[len(before) : len(text) - len(behind)])
    shown_number = read_number(shown[0])
    if new is None or shown_number is None or (not shown_number and parts(form)[0]):
        return None
    scale = _scale_between(old, shown_number)
    if scale is None:
        return None
    if scale == 0:
        return quote + _plain_digits(text[len(before) : len(text) - len(behind)]) + quote
    return quote + format_number(new.scaleb(scale), None) + quote


def _plain_digits(text: str) -> str:
    """Digits as typed, decimals and all, without separators."""
    return re.sub(r"[,，+]", "", text.strip()).translate(str.maketrans("−－–", "---"))


def _scale_between(exact: Decimal, shown: Decimal) -> int | None:
    """The power of ten by which the exact number is greater than the printed one, None where rounding hides it."""
    exponent = shown.as_tuple().exponent
    if not shown or not isinstance(exponent, int):
        return 0 if exact == shown else None
    for scale in (0, 4, -4, 2, -2, 8, -8, 6, -6):
        if abs(exact.scaleb(-scale) - shown) * 2 <= Decimal(1).scaleb(exponent):
            return scale
    return None


def _words_for(text: str, quote: str) -> str | None:
    """A text as a YAML scalar in the same quotes, or without any where that is safe."""
    if "\n" in text or not text.strip():
        return None
    if quote == '"':
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if quote == "'":
        return "'" + text.replace("'", "''") + "'"
    unsafe = (
        text != text.strip()
        or re.match(r"[-?:,\[\]{}#&*!|>'\"%@`~]", text)
        or re.search(r": |:$| #|[\[\]{},]", text)
    )
    return None if unsafe else text
