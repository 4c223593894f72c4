"""One spelling for names that differ only in brackets, quotes, width and blanks, so that tables need not list them all."""

from __future__ import annotations

import unicodedata

#: Brackets of every shape count as one, because plans swap them when a name stands inside a bracket: 省政府办公厅〔省大数据管理局〕.
_BRACKETS = str.maketrans({**dict.fromkeys("〔［[〈《<【{｛「『", "("), **dict.fromkeys("〕］]〉》>】}｝」』", ")")})
_QUOTES = str.maketrans(dict.fromkeys("“”„\"‘’'＂＇", None))


def fold_name(name: str) -> str:
    """Return `name` with round ASCII brackets and without quotes and blanks.

    Examples
    --------
    >>> fold_name("各市〔州〕、县〔市、区〕 人民政府")
    '各市(州)、县(市、区)人民政府'
    >>> fold_name("“12345”市民服务热线")
    '12345市民服务热线'
    """
    folded = unicodedata.normalize("NFKC", name).translate(_BRACKETS).translate(_QUOTES)
    return "".join(folded.split())


def split_bracket(folded: str) -> tuple[str, str]:
    """Split a folded name into what stands before its last closing bracket and what stands in it; the second part is empty without one.

    Only a bracket that closes the name counts: in 各县(市、区)政府 it is part of the name.

    Examples
    --------
    >>> split_bracket("市发改委(审改办、大数据局)")
    ('市发改委', '审改办、大数据局')
    >>> split_bracket("各县(市、区)政府")
    ('各县(市、区)政府', '')
    """
    if not folded.endswith(")"):
        return folded, ""
    depth = 0
    for index in range(len(folded) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(folded[index], 0)
        if depth == 0:
            return (folded[:index], folded[index + 1 : -1]) if index else (folded, "")
    return folded, ""
