"""Characters that stand for others which look the same: radicals, compatibility ideographs, ligatures; fonts of PDF files name them."""

from __future__ import annotations

import re
import unicodedata

#: Kangxi radicals and the supplement, compatibility ideographs, ligatures; as the inside of a character class.
STAND_INS = "\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\U0002f800-\U0002fa1f"

_STAND_INS_RE = re.compile(f"[{STAND_INS}]+")
#: CJK radicals supplement → the ideographs they look like (Unicode, EquivalentUnifiedIdeograph); NFKC only knows two of them.
#: ⼾ is 戶 by Unicode, but 户 in mainland fonts, which are what names it.
_RADICALS = str.maketrans(
    "⼾⺁⺌⺍⺏⺐⺑⺒⺓⺔⺖⺗⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺨⺫⺬⺭⺮⺯⺰⺱⺶⺷⺹⺺⺼⺽⺾⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "户厂小小尢尣尪巳幺彑忄㣺攵旡月歺母民氵氺灬爫爫丬犭罒示礻竹糸纟罓羊羊耂肀月臼艹虎衤覀西见角讠贝车辶辶阝钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)


def to_plain(text: str) -> str:
    """Return `text` with what stand-ins stand for; a page shows the same.

    Examples
    --------
    >>> to_plain("⻔"), to_plain("⽤户（ﬁ）"), to_plain("\ufa1e")
    ('门', '用户（fi）', '羽')
    """
    # NFKC of all the text would make other characters (（, ①) into something else.
    return _STAND_INS_RE.sub(lambda match: unicodedata.normalize("NFKC", match.group().translate(_RADICALS)), text)
