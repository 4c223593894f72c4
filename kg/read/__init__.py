"""Sources of any format to documents.

:func:`read_source` tells the format by the bytes, lets one module per format read it (:mod:`kg.read.formats`), and returns a
:class:`kg.model.Document` with the issues met. Bytes are decoded in :mod:`kg.read.encodings` and nowhere else. How text, tables and page
furniture are laid down for every format stands in :mod:`kg.read.content`.

>>> from kg.rules import load_rules
>>> document, issues = read_source("一、任务".encode("gbk"), name="plan.txt", document_id="x", rules=load_rules())
>>> document.text, document.encoding, issues
('一、任务', 'gb18030', ())
"""

from kg.read.source import read_source

__all__ = ["read_source"]
