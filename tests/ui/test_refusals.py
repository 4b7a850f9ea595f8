"""Every "no" of the program is a sentence in both languages: the codes are read from the sources themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.usecases.refusals import refusal_words, sentence_of
from desktop.usecases.refused import Refused
from desktop.usecases.work.act_words import REFUSALS
from desktop.words import LANGUAGES, Language, in_language
from desktop.workflow.procedure.legal_states import ActorRole, LegalState
from tests.ui.conftest import SetLook

PROGRAM = Path(__file__).parents[2] / "desktop"
SOURCES = (
    *PROGRAM.glob("usecases/**/*.py"),
    *PROGRAM.glob("ui/**/*.py"),
    *PROGRAM.glob("workflow/procedure/*.py"),
)
TABLES = frozenset({"SENTENCES", "REFUSALS", "ROWS_REFUSED"})
RAISES = frozenset({"Refused", "RefusedAndKept", "ActFault"})


def calls(path: Path) -> Iterator[tuple[str, ast.expr]]:
    """Every call with an argument in a file, by the name of what is called and its first argument."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            named = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            yield named, node.args[0]


def constants(argument: ast.expr) -> Iterator[str]:
    """The codes an argument may be: one written out, or either of two."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from constants(argument.body)
        yield from constants(argument.orelse)
    elif isinstance(argument, ast.BoolOp):
        for part in argument.values:
            yield from constants(part)


def raised() -> dict[str, str]:
    """Every code a refusal is made with, and the file it stands in."""
    found: dict[str, str] = {}
    for path in SOURCES:
        for name, argument in calls(path):
            for code in constants(argument) if name in RAISES else ():
                found.setdefault(code, path.name)
    for path in PROGRAM.glob("cleaning.py"):
        for name, argument in calls(path):
            for code in constants(argument) if name.endswith("Fault") else ():
                found.setdefault(code, path.name)
    for path in (PROGRAM / "identity.py", PROGRAM / "cleaning.py"):
        for name, argument in calls(path):
            for code in constants(argument) if name.endswith("Fault") else ():
                found.setdefault(f"identifier_{code}", path.name)
    return {code: place for code, place in found.items() if code}


def tables() -> dict[str, str]:
    """Every table of sentences, those that a part of the window keeps for its own acts among them."""
    found: dict[str, str] = {}
    for path in (*PROGRAM.glob("ui/**/*.py"), *PROGRAM.glob("usecases/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
                named = node.targets[0] if isinstance(node, ast.Assign) else node.target
                found |= dict(_rows(node.value)) if isinstance(named, ast.Name) and named.id in TABLES else {}
    return found


def _rows(table: ast.Dict) -> Iterator[tuple[str, str]]:
    for key, value in zip(table.keys, table.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(value, ast.Call):
            yield str(key.value), str(ast.literal_eval(value.args[0]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_is_raised_has_a_sentence(look: SetLook, language: Language) -> None:
    look(language=language)
    words, said_of = in_language(language), tables()
    assert [f"{code} in {place}" for code, place in raised().items() if code not in said_of] == []
    told = [words.gettext(said_of[code]) for code in raised()]
    if language == "zh":
        assert [said for said in told if not any("一" <= sign <= "鿿" for sign in said)] == []


def test_the_tables_found_in_the_sources_are_those_the_window_says(look: SetLook) -> None:
    assert {code: said for code, said in tables().items() if sentence_of(code) is not None}.keys() >= REFUSALS.keys()
    assert sentence_of("not_from_state") == tables()["not_from_state"]
    assert sentence_of("the_moon_rose") is None


def test_more_than_a_hundred_codes_are_found() -> None:
    assert len(raised()) > 100
    assert {"role_may_not", "nothing_listed", "letter_unknown", "identifier_checksum"} <= raised().keys()


def test_a_refusal_says_its_values_in_words(look: SetLook) -> None:
    refusal = Refused("not_from_state", state=LegalState.GRANTED)
    assert "已准予，待出结果" in refusal_words(refusal)


def test_a_refusal_speaks_as_the_procedure_does(look: SetLook) -> None:
    refusal = Refused("not_from_state", procedure="complaint", state=LegalState.GRANTED)
    assert "已处理，待发出答复" in refusal_words(refusal)


def test_a_refusal_says_who_does_it_instead(look: SetLook) -> None:
    refusal = Refused("role_may_not", roles=(ActorRole.REVIEWER, ActorRole.APPROVER))
    assert refusal_words(refusal) == "这一步由部门审查人员、部门审批负责人办理。"
