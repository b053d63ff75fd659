"""What an answer says as a whole: 无意见, 原则同意, 同意; and what is left of its words once that is said.

Strict on purpose: an opinion that is taken for “none” is lost, one that is taken for words is only read by a person.
"""

from __future__ import annotations

import re

from drafter.opinions.model import Conclusion
from drafter.source.frozen import dataclass

_BODY = "局|委|办|厅|院|会|部|处|科|室|所|站|中心|公司|集团|政府|大学|学院|学校|医院|单位|部门|县|市|区|镇|街道|乡|队|馆|协会|联|党组|组|方|人|们"
_WHO = rf"(?:(?:我|本|该)(?:{_BODY})?(?:党组|办公室)?|(?:(?!有|对|就|建议|其他|其余|除)[一-龥]){{2,14}}?(?:{_BODY}))"
_STUDIED = (
    r"(?:(?:已|我局)?阅(?:悉|知|后)?|(?:已)?经(?![济费营办])(?:认真|仔细|逐条|充分|集体|共同|初步|内部)?(?:地)?(?:(?:我|本)(?:局|委|办|厅|院|会|部|县|市|区|单位|中心)?)?"
    r"(?:[一-龥]{0,12}?(?:讨论|会议|会商|商议|会|征求[一-龥]{0,10}意见))?"
    r"(?:认真)?(?:研究|研读|研阅|审阅|审核|审议|讨论|阅研|梳理|核对|核实|学习|论证|阅|商)*+(?:后|并[一-龥]{2,16})?"
    r"|(?:《[^》]{2,80}》(?:[（(][^）)]{1,16}[）)])?|来函|来文|函|文|征求意见函|征求意见稿|材料|你局来函|贵局来函)?(?:已)?(?:收悉|收到|阅悉|悉)|结合(?:我|本)?[一-龥]{2,10}?(?:实际|职能|职责)"
    r"|按照[一-龥]{2,16}要求|综合[一-龥]{2,16}意见|现(?:将有关情况)?(?:回复|函复|反馈|答复)(?:如下|意见如下)?|总体(?:上)?(?:来)?看|总的(?:来)?(?:看|说))"
)
_PLAN = (
    r"(?:(?:《[^》]{2,80}》|[“\"][^”\"]{2,80}[”\"])(?:[（(][^）)]{1,16}[）)])?|(?:该|此|本|贵局|你局|以上|上述|送来的|所附|印发的|关于)?(?:的)?"
    r"(?:规划|征求意见稿|送审稿|讨论稿|评审稿|文稿|文件|稿件|稿子|初稿|草案|方案|来文|来函|材料|此|稿|内容|规划内容|规划文本|文本|修改稿|意见稿|[一-龥]{0,20}规划)"
    r"(?:[（(][^）)]{1,16}[）)])?)(?:的)?(?:全部|主要|总体|各项|有关|相关|基本)?(?:内容|意见|框架|思路|表述|文本)?"
)
_ABOUT = rf"(?:(?:对|就|对于|关于){_PLAN})"
_COMMA = r"[，,：:]?\s*"
_LEAD = (
    rf"(?:{_STUDIED}{_COMMA}){{0,3}}(?:{_WHO}{_COMMA})?(?:{_STUDIED}{_COMMA}){{0,2}}(?:{_ABOUT}{_COMMA})?"
    rf"(?:{_STUDIED}{_COMMA})?(?:{_WHO}{_COMMA})?(?:{_ABOUT}{_COMMA})?"
)
"""Who studied what, in the orders in which people say it: each a few times, so that no sentence takes long."""
_NO = (
    r"(?:零意见|(?:未|没有?)提出?(?:其他|不同|任何|修改|具体|反馈)*(?:意见|建议)(?:[和及、](?:意见|建议))?|(?:没有|无)(?:其他|其它|新的)?补充(?:了)?"
    r"|(?:均|都|暂|目前|现|总体上?|原则上)?(?:表示|提出)?(?:无|没有|暂无|未有|并无|尚无|无任何|没有任何|没有什么|没)"
    r"(?:其他|其它|其它的|不同|修改|补充|进一步|反馈|反对|具体|原则性|更多|重大|新的?|任何|修订|调整|的)*"
    r"(?:意见|建议|异议|意见建议)(?:(?:和|及|与|或|、)?(?:修改)?(?:意见|建议))?)"
)
_YES = rf"(?:均|都|完全|表示|无条件|予以|拟)?(?:同意|赞同|赞成|认可)(?:{_PLAN}|(?:贵|你|来文)(?:局|单位|办)?(?:的)?(?:意见|方案|做法))?(?:印发|上报|报批|报审)?"
_IN_PRINCIPLE = rf"(?:表示)?(?:原则上?|总体上?|基本上?|大体)(?:表示)?(?:同意|赞同|认可|赞成)(?:{_PLAN})?"
_END = r"\s*(?=$|[，。；！,;!\n.、])[，。；！,;!\n.、\s]*"
_ONLY_NONE = rf"(?:{_STUDIED}[，,]?)?(?:(?:反馈|修改|具体|主要)?(?:意见|建议|意见建议|意见和建议|意见与建议)\s*[:：]\s*)?无[。.！!]?\s*$"
_RULES = (
    (re.compile(_ONLY_NONE), Conclusion.NONE),
    (re.compile(rf"{_LEAD}{_IN_PRINCIPLE}{_END}"), Conclusion.AGREED),
    (re.compile(rf"{_LEAD}{_NO}了?{_END}"), Conclusion.NONE),
    (re.compile(rf"{_LEAD}{_YES}(?:意见)?{_END}"), Conclusion.NONE),
)
_REST = re.compile(
    rf"(?:(?:对|就)?(?:其他|其它|其余|除[^，。]{{2,60}}外|除此之外|除此以外|此外)(?:部分|内容|方面|章节|条款)?[，,]?(?:{_WHO})?(?:均|都|我局|再)?{_NO}){_END}"
)
_MARKED = re.compile(
    r"(?:[^，。；\n]{0,24}?(?:意见|建议|修改|改动|修订|批注|标注)[^，。；\n]{0,12}?(?:(?:已|均|都|直接|详|请)[^，。；\n]{0,6})?"
    r"(?:见|在|于|标在|附在)(?:规划|征求意见|所附|原|电子|返回的|附件)?(?:文|稿|文稿|稿件|稿子|文本|文档|文件|附件|批注|修订稿|修改稿|稿件中)(?:中|内|上|里|件|处)?"
    r"(?:[^，。；\n]{0,8}(?:标注|标出|批注|修订|注明|标明|修改|体现|标示|标红|标记|附上|列出|修改稿|模式))?)\s*(?:$|[，。；\n])[，。；\n\s]*"
)
_IF = re.compile(r"(?:如|若|倘|假如|假设|如果|若是|是否|有无|凡|逾期|视为|视同|未反馈|未回复)")
_JOIN = re.compile(
    r"(?:但是|但|不过|同时|现|另外|另|此外|并|只是|仅|唯|惟|拟)?[，,：:]?\s*(?:有(?:以下|如下)(?:几点)?(?:意见|建议)|提出(?:以下|如下)(?:几点)?(?:意见|建议)|意见(?:建议)?如下|建议如下)?[：:。]?\s*"
)
_TICK, _BOX = "☑✓✔√■▣☒", "□☐○◯◻▢"
_OPTION = re.compile(
    rf"(?P<mark>[{_TICK}{_BOX}]|[（(【\[]\s*[{_TICK}]?\s*[）)】\]])"
    "|(?P<option>没有意见|无修改意见|无意见|原则同意|不同意|同意|有修改意见|有意见|有建议)"
)
_PRELIMINARY = re.compile(rf"{_STUDIED}(?:[，,：:]\s*{_STUDIED}){{0,3}}{_END}")


@dataclass(frozen=True, slots=True)
class Concluded:
    """What a text concludes, what it says beside that, and whether it says that the opinions stand in the draft; `said` is the part taken away."""

    conclusion: Conclusion
    rest: str
    said: str = ""
    marked: bool = False


def concluded(text: str) -> Concluded:
    """The conclusion of a paragraph, of a cell, of the words beside a tick."""
    ticked = _ticked(text)
    if ticked is not None:
        return ticked
    conclusion, marked = Conclusion.UNSAID, False
    left: list[str] = []
    said: list[str] = []
    for sentence in _sentences(text):
        found, rest, is_marked = _sentence(sentence)
        conclusion = found or conclusion
        marked = marked or is_marked
        if found or is_marked or rest != sentence:
            said.append(sentence[: len(sentence) - len(rest)])
        left.append(rest)
    rest = "".join(left).strip()
    if conclusion and rest and conclusion is Conclusion.NONE:
        conclusion = Conclusion.HAS
    return Concluded(conclusion, rest, "".join(said).strip(), marked)


def _sentences(text: str) -> list[str]:
    return re.findall(r"[^。；;！!\n]*[。；;！!\n]+|[^。；;！!\n]+$", text)


def _sentence(sentence: str) -> tuple[Conclusion, str, bool]:
    """The conclusion of a sentence, what follows it, and whether it says that the opinions stand in the draft."""
    body = sentence.lstrip(" \u3000\t")
    if _IF.match(body):
        return Conclusion.UNSAID, sentence, False
    conclusion, rest = _said(body)
    while conclusion and rest:  # a second one behind the first: 同意，无意见
        joined = _JOIN.match(rest)
        behind = rest[joined.end() :] if joined else rest
        if not behind or _MARKED.fullmatch(behind):
            return conclusion, "", bool(behind)
        more, left = _said(behind)
        if not more:
            return conclusion, rest, False
        conclusion, rest = more, left
    if conclusion:
        return conclusion, rest, False
    said = _REST.match(body) or _PRELIMINARY.fullmatch(body)
    if said:
        return Conclusion.UNSAID, body[said.end() :], False
    if _MARKED.fullmatch(body):
        return Conclusion.UNSAID, "", True
    return Conclusion.UNSAID, sentence, False


def _said(body: str) -> tuple[Conclusion, str]:
    """The conclusion that words begin with, and what follows it."""
    for pattern, conclusion in _RULES:
        match = pattern.match(body)
        if match:
            return conclusion, body[match.end() :].strip()
    return Conclusion.UNSAID, body


def _ticked(text: str) -> Concluded | None:
    """An answer given by ticking; boxes that nobody ticked say nothing."""
    tokens = [(match["mark"], match["option"], match) for match in _OPTION.finditer(text)]
    marks = [at for at, (mark, _, _) in enumerate(tokens) if mark]
    if not marks or len(marks) == len(tokens):
        return None
    step = 1 if marks[0] == 0 else -1  # the marks stand before their options, or behind them
    pairs = [(at, at + step) for at in marks if 0 <= at + step < len(tokens) and tokens[at + step][1]]
    if not pairs or not all(_beside(tokens[a][2], tokens[b][2]) for a, b in pairs):
        return None
    ticks = [tokens[b][1] for a, b in pairs if any(character in _TICK for character in tokens[a][0])]
    taken = sorted(tokens[at][2].span() for pair in pairs for at in pair)
    rest = "".join(
        text[end:start]
        for (_, end), (start, _) in zip([(0, 0), *taken], [*taken, (len(text), 0)], strict=True)
    )
    conclusion = Conclusion.UNSAID
    if ticks:
        has = any(word.startswith(("有", "不")) for word in ticks)
        agreed = "原则同意" in ticks
        conclusion = Conclusion.AGREED if agreed else Conclusion.HAS if has else Conclusion.NONE
    return Concluded(conclusion, rest.strip(" \u3000\t：:、，,；;。\n"), text.strip())


def _beside(one: re.Match[str], other: re.Match[str]) -> bool:
    first, second = sorted((one.span(), other.span()))
    return not one.string[first[1] : second[0]].strip()
