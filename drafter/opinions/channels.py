"""How an opinion came, as people write it in the column 形式."""

from __future__ import annotations

from drafter.opinions.model import Channel

ENTERED = (
    Channel.CALL,
    Channel.MEETING,
    Channel.FACE,
    Channel.PAPER,
    Channel.POST,
    Channel.MAIL,
    Channel.LETTER,
    Channel.OTHER,
)
"""What the entry sheet offers."""

_WORDS = (
    (Channel.CALL, ("电话", "来电", "致电", "通话")),
    (Channel.MEETING, ("会议", "会上", "座谈", "论证会", "评审会")),
    (Channel.FACE, ("当面", "口头", "面谈", "来访")),
    (Channel.POST, ("邮寄", "寄来", "信件", "来信", "快递")),
    (Channel.MAIL, ("邮件", "邮箱", "email", "e-mail")),
    (Channel.FORM, ("反馈意见表", "意见表", "表格", "反馈表")),
    (Channel.DRAFT, ("修订稿", "修订", "批注", "花脸稿", "改稿")),
    (Channel.LETTER, ("来函", "复函", "函", "公文")),
    (Channel.PAPER, ("书面", "纸质", "铅笔", "手写", "扫描")),
    (Channel.OTHER, ("其他", "其它", "微信", "短信", "留言", "网站", "网页", "平台", "问卷")),
)


def channel_of(words: str) -> Channel | None:
    """The channel; None for words that name none."""
    told = words.strip().lower()
    return next((channel for channel, names in _WORDS if any(name in told for name in names)), None)
