"""Chinese numerals as official papers write them: 一, 十, 十一, 二十一, 一百零三."""

_DIGITS = "零一二三四五六七八九"
_LARGEST = 9999


def chinese(number: int) -> str:
    """The number from 1 to 9999; beyond, in figures."""
    if not 0 < number <= _LARGEST:
        return str(number)
    out, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + unit
        gap = not digit
    # 十一, not 一十一, where nothing stands before it
    return out.removeprefix("一") if out.startswith("一十") else out
