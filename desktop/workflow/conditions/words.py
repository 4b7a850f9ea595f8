"""The closed list of words of the condition language, in Chinese and English."""

from typing import Final, NamedTuple

from desktop.workflow.conditions.types import Language


class Keyword(NamedTuple):
    """What a word stands for: the kind of token and, for a comparison, the operator."""

    kind: str
    operator: str = ""


_WORDS: Final[dict[Keyword, str]] = {
    Keyword("AND"): "且 并且 而且 and",
    Keyword("OR"): "或 或者 or",
    Keyword("NOT"): "非 不是 not",
    Keyword("COMPARE", "=="): "等于",
    Keyword("COMPARE", "!="): "不等于",
    Keyword("COMPARE", ">"): "大于 多于 超过 高于 晚于",
    Keyword("COMPARE", ">="): "大于等于 不小于 不少于 不低于 不早于 至少",
    Keyword("COMPARE", "<"): "小于 少于 低于 早于",
    Keyword("COMPARE", "<="): "小于等于 不大于 不多于 不超过 不高于 不晚于 至多",
    Keyword("IN"): "属于 于 in",
    Keyword("NOT_IN"): "不属于",
    Keyword("CONTAINS"): "包含 contains",
    Keyword("LACKS"): "不包含 lacks",
    Keyword("TRUE"): "真 是 true",
    Keyword("FALSE"): "假 否 false",
    Keyword("TODAY"): "今天 today",
    Keyword("ALL"): "全部 all",
    Keyword("EXISTS"): "存在 exists",
}

KEYWORDS: Final = {word: keyword for keyword, words in _WORDS.items() for word in words.split()}

# After something complete these two are a comparison ("户籍 是 本地"); elsewhere a literal and a negation.
AFTER_OPERAND: Final = {"是": Keyword("COMPARE", "=="), "不是": Keyword("COMPARE", "!=")}

SYMBOLS: Final = {
    "==": Keyword("COMPARE", "=="),
    "=": Keyword("COMPARE", "=="),
    "!=": Keyword("COMPARE", "!="),
    "≠": Keyword("COMPARE", "!="),
    ">": Keyword("COMPARE", ">"),
    ">=": Keyword("COMPARE", ">="),
    "≥": Keyword("COMPARE", ">="),
    "≧": Keyword("COMPARE", ">="),
    "<": Keyword("COMPARE", "<"),
    "<=": Keyword("COMPARE", "<="),
    "≤": Keyword("COMPARE", "<="),
    "≦": Keyword("COMPARE", "<="),
    "&&": Keyword("AND"),
    "||": Keyword("OR"),
    "!": Keyword("NOT"),
    "(": Keyword("LPAR"),
    ")": Keyword("RPAR"),
    "[": Keyword("LSQB"),
    "]": Keyword("RSQB"),
    "【": Keyword("LSQB"),
    "】": Keyword("RSQB"),
    ",": Keyword("COMMA"),
    "、": Keyword("COMMA"),
    ":": Keyword("COLON"),
    "+": Keyword("PLUS"),
    "-": Keyword("MINUS"),
    "−": Keyword("MINUS"),
    "*": Keyword("TIMES"),
    "×": Keyword("TIMES"),
}

FUNCTIONS: Final = {
    "年龄": "age",
    "天数": "days_between",
    "月数": "months_between",
    "已知": "known",
    "个数": "count",
    "日期": "date",
    "今天": "today",
    "下个日期": "next_day",
} | {code: code for code in ("age", "days_between", "months_between", "known", "count", "date", "today", "next_day")}

OPERANDS: Final = frozenset(
    {"WORD", "NUMBER", "STRING", "DATE", "TRUE", "FALSE", "TODAY", "RPAR", "RSQB"}
)  # the tokens after which something is complete

INFIX: Final = frozenset({"AND", "OR", "COMPARE", "IN", "NOT_IN", "CONTAINS", "LACKS"})

_SPELLED: Final[dict[str, tuple[str, str]]] = {
    "and": ("且", "and"),
    "or": ("或", "or"),
    "not": ("非", "not"),
    "in": ("属于", "in"),
    "not in": ("不属于", "not in"),
    "contains": ("包含", "contains"),
    "lacks": ("不包含", "lacks"),
    "of": ("于", "in"),
    "all": ("全部", "all"),
    "exists": ("存在", "exists"),
    "true": ("真", "true"),
    "false": ("假", "false"),
    "today": ("今天", "today"),
    "==": ("=", "=="),
    "!=": ("≠", "!="),
    ">": (">", ">"),
    ">=": ("≥", ">="),
    "<": ("<", "<"),
    "<=": ("≤", "<="),
    "age": ("年龄", "age"),
    "days_between": ("天数", "days_between"),
    "months_between": ("月数", "months_between"),
    "known": ("已知", "known"),
    "count": ("个数", "count"),
    "next_day": ("下个日期", "next_day"),
}


def spelled(word: str, language: Language) -> str:
    """Return how an operator or function is written in the language."""
    return _SPELLED[word][0 if language == "zh" else 1]


def keyword(word: str) -> Keyword | None:
    """Return what a whole word stands for; Latin words in any case of letters."""
    return KEYWORDS.get(word) or (KEYWORDS.get(word.lower()) if word.isascii() else None)


def function(word: str) -> str | None:
    """Return the code of the function called by this word."""
    return FUNCTIONS.get(word) or (FUNCTIONS.get(word.lower()) if word.isascii() else None)
