"""The sentences of catalogue faults: what is wrong, why, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.authoring.faults import CatalogueFault
from desktop.authoring.limit_words import limit_words
from desktop.words import Words
from desktop.words import gettext_noop as _
from desktop.workflow.time.calendars import TimeFault
from desktop.workflow.time.limits import Limit

_SENTENCES: Mapping[str, str] = {
    "folder_empty": _("There is no catalogue file in this folder. Choose the folder that holds the .yaml files."),
    "too_many_files": _("The folder has more than {limit} files. Move what is no catalogue elsewhere."),
    "file_not_readable": _("The file cannot be opened. Check that it exists and may be read."),
    "file_too_large": _("The file is larger than {limit} bytes. Divide it into several files."),
    "not_utf8": _("The text is not UTF-8. Save the file as UTF-8."),
    "not_yaml": _("The line cannot be read as YAML ({problem}). Check indents, colons, brackets and quotes."),
    "several_documents": _("A second document begins with ---. Keep one document in a file."),
    "yaml_directive": _("Lines beginning with % are not read. Remove the line."),
    "too_deep": _("Values are nested deeper than {limit} levels. Write them flatter."),
    "too_many_values": _("The file has more than {limit} values. Divide it into several files."),
    "anchor_or_alias": _(
        "Anchors (&) and aliases (*) are not read, because they can blow a file up. Write the value out."
    ),
    "yaml_tag": _("The tag {tag} is not read. Remove it, or put the text in quotes."),
    "text_too_long": _("The text is longer than {limit} characters. Shorten it."),
    "broken_character": _("The text has a character that cannot be shown. Type it anew."),
    "key_not_a_word": _("A key must be a single word. Put brackets and lists in quotes."),
    "key_twice": _("The key {key} stands here a second time (first in line {first}). Keep one of them."),
    "unknown_section": _("There is no section {key}. Known: {known}."),
    "code_not_plain": _("The code {found} may have only small English letters, digits and underscores. Rename it."),
    "code_twice": _(
        "The code {found} is already used in {first_file}, line {first_line}. Codes are unique over all "
        "kinds: rename one."
    ),
    "wrong_type": _("{key}: here stands {found}, but {wanted} is wanted."),
    "unknown_key": _(
        "The key {key} means nothing here. Did you mean: {near}? Known: {known}. A text with a comma needs quotes."
    ),
    "key_missing": _("{key} is missing. Add it to this entry."),
    "value_missing": _("{key} has no value. Write one, or remove the key."),
    "number_negative": _("{key} cannot be below nought: {found}."),
    "not_an_option": _("{key}: {found} is not one of {known}. Did you mean: {near}?"),
    "unknown_code": _("{key}: nothing in the folder has the code {found}. Did you mean: {near}? Else add the entry."),
    "code_of_other_kind": _("{key}: {found} is {kind}, but {wanted} is wanted here."),
    "unknown_source": _("The source {found} is not in sources.yaml. Did you mean: {near}? Else add it there."),
    "limit_unreadable": _("{key}: “{found}” is no length of time. Write it as 10 workdays, 30 days, 6 months or 当场."),
    "limit_out_of_range": _("{key}: “{found}” is too long. At most 36,500."),
    "name_not_usable": _(
        "The name “{found}” stands in conditions and may have no blanks, brackets, commas or signs. "
        "Shorten it to one word."
    ),
    "name_twice": _(
        "The name “{found}” is already a fact's in {first_file}, line {first_line}; a condition could "
        "not tell them apart. Rename one."
    ),
    "requirement_unclear": _("It is not clear what is asked. Write exactly one of {known}; found: {found}."),
    "at_least_nothing": _("at_least: {k} asks nothing. Write 1 or more."),
    "condition_unreadable": _("The condition “{text}” cannot be read at character {column}: {reason}"),
    "unknown_role": _("No demand declares the role {found}. Add it to a demand's roles, or write applicant or case."),
    "role_not_declared": _(
        "{entry} speaks of the role {role}, which the demands that lead to it do not declare. Add it to their roles."
    ),
    "unknown_procedure": _("There is no procedure {found}. Known: {known}."),
    "outcome_not_provided": _(
        "No item provides the outcome {entry}. Add it to an item's provides, or write it as a paper."
    ),
    "fact_not_supplied": _("Nobody can answer {entry}. Add a question, a rule, an outcome, or the source registry."),
    "material_not_supplied": _("The paper {entry} has no form and no outcome stands for it. Add forms or provided_by."),
    "item_not_demanded": _(
        "No demand leads to the item {entry}. Add its outcome to a demand's wants, or remove the item."
    ),
    "order_fact_not_read": _(
        "The question {fact} is in the order of {entry}, but nothing there reads it. Remove it, or use "
        "it in a condition."
    ),
    "circle_without_entry": _(
        "These items wait for each other and none can be first: {items}. Give one of them another way in (any)."
    ),
    "nested_too_deep": _(
        "What {entry} asks is nested {levels} levels deep; {limit} are the most. Write it flatter, or as several items."
    ),
    "negation_in_circle": _(
        "“{text}” denies the fact {fact}, which hangs on its own result. Take one of the two out of the circle."
    ),
    "condition_never_holds": _("The condition “{text}” can never hold. Check its numbers and options."),
    "condition_never_holds_here": _("The condition “{text}” can never hold where {under} does. Check one of them."),
    "instant_takes_days": _(
        "{entry} is instant but promises {promised}: the guide contradicts itself. Ask the department which it is."
    ),
    "promise_over_law": _(
        "{entry} promises {promised}, longer than the law's {law}. Ask the department; the law's limit stands."
    ),
    "instant_with_pauses": _(
        "{entry} is instant and cannot pause ({grounds}). Remove the pauses, or make it promised."
    ),
    "pause_by_permit_law": _(
        "The pause for {ground} cites the permit law, but {entry} is {procedure}. Cite the law that allows it here."
    ),
    "pause_not_listed": _(
        "{ground} is no ground of article 45 of the permit law. Use one of {known}, or cite another law."
    ),
    "at_least_too_many": _("{k} of {n} parts can never hold. Lower at_least, or add parts."),
    "at_least_same_evidence": _(
        "The same paper stands in two parts, but each of the {k} needs evidence of its own. Remove one."
    ),
    "for_each_without_set": _("{fact} is no set, so there is nobody to go through. Make it a set, or name another."),
    "set_without_minimum": _("The set {fact} has no minimum, so that an empty one passes. Add minimum: 0 or more."),
    "deferral_beyond": _(
        "{material} may be owing until {until}, but is asked at {phase}. Ask for it earlier, or let it be owing longer."
    ),
    "deferral_over_promise": _(
        "{material} may be owing for {limit}, longer than the promise of {promised}. Shorten it."
    ),
    "want_not_provided": _(
        "{entry} wants {outcome} from {item}, which does not provide it. Name another item, or none."
    ),
    "promise_counted_otherwise": _(
        "{entry} promises {promised} and the law gives {law}: counted otherwise, the promise may end after the "
        "law's limit. Promise it in the law's own days, or ask the department."
    ),
    "promise_under_path": _(
        "{entry} promises {promised}, but its items one after another take {taken} ({items}): the guide "
        "contradicts itself."
    ),
    "promise_under_item": _(
        "{entry} promises {promised}, but its item {item} takes {item_promised}: the guide contradicts itself."
    ),
    "drafts": _("Drafts that rest on general knowledge only: {counts}. Have the department confirm them."),
}

_REASONS: Mapping[str, str] = {
    "empty": _("nothing is written"),
    "too_long": _("it is too long"),
    "too_long_without_spaces": _("a run without blanks is too long"),
    "too_deep": _("brackets are nested too deep"),
    "too_many_quantifiers": _("too many “all” and “exists” within each other"),
    "invisible_character": _("an invisible character; type it anew"),
    "lookalike_character": _("a character that only looks like another; type it anew"),
    "compatibility_character": _("an unusual form of a character; type it anew"),
    "unexpected_character": _("a character that has no meaning here"),
    "unclosed_string": _("the closing quote is missing"),
    "bad_escape": _("a backslash that means nothing"),
    "unbalanced": _("brackets do not match"),
    "syntax": _("the words do not fit together"),
    "unexpected_end": _("something is missing at the end"),
    "chained_comparison": _("join two comparisons by “and”"),
    "unknown_name": _("no fact has this name"),
    "ambiguous_name": _("several facts have this name; write the code"),
    "unknown_function": _("there is no such function"),
    "unknown_option": _("the fact has no such option"),
    "number_too_large": _("the number has too many digits"),
    "number_with_unit": _("write the number without its unit"),
    "leading_zero": _("a number does not begin with 0"),
    "bad_date": _("there is no such date"),
    "type_mismatch": _("these two cannot be compared"),
    "mixed": _("put brackets round “and” and “or”"),
    "not_a_condition": _("it does not answer yes or no"),
    "not_a_set": _("it is no set"),
    "wrong_arguments": _("the function wants something else"),
    "name_taken": _("this name is already used"),
    "shadowed_name": _("this name hides another"),
}

_KINDS: Mapping[str, str] = {
    "block": _("keys with values"),
    "list": _("a list"),
    "text": _("a text"),
    "int": _("a whole number"),
    "decimal": _("a number"),
    "bool": _("true or false"),
    "nothing": _("nothing"),
    "zh_and_en": _("a text with zh and en"),
    "two_numbers": _("two numbers"),
    "fact": _("fact"),
    "material": _("paper"),
    "outcome": _("outcome"),
    "item": _("item"),
    "demand": _("demand"),
    "department": _("department"),
    "scene": _("scene"),
    "law": _("law"),
}

_OTHER = _("Something is wrong here ({code}). Compare the entry with one that works.")
_LONGEST = 200
_LIMITS = frozenset({"promised", "law", "item_promised", "limit", "taken"})


def sentence(fault: CatalogueFault, words: Words) -> str:
    """Say a fault in one language: what, why, and how to mend it."""
    values = {key: _said(key, value, words) for key, value in fault.values.items()}
    if fault.code == "condition_unreadable":
        reason = _REASONS.get(str(fault.values.get("condition")), _("it cannot be read"))
        values["reason"] = words.gettext(reason)
    if fault.code == "drafts":
        counted = (f"{words.gettext(_KINDS[kind])} {n}" for kind, n in fault.values.items() if kind in _KINDS)
        values["counts"] = words.listing(counted)
    msgid = _SENTENCES.get(fault.code, _OTHER)
    return words.gettext(msgid).format_map(_Values(values, code=fault.code))


class _Values(dict[str, str]):
    """The values of a sentence; one that a fault does not have is said as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def _said(key: str, value: object, words: Words) -> str:
    """Say one value; a list in a row, the kinds of things in the author's words, and nothing that runs on for ever."""
    parts = value if isinstance(value, tuple) else (value,)
    if not parts:
        return "—"
    named = [_part(key, part, words) for part in parts]
    said = words.listing(named)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def _part(key: str, part: object, words: Words) -> str:
    if _names_kind(key, part):
        return words.gettext(_KINDS[str(part)])
    return _period(str(part), words) if key in _LIMITS else str(part)


def _period(text: str, words: Words) -> str:
    """Say a limit that a finding carries as the catalogue writes it; anything else is said as it is."""
    try:
        return limit_words(Limit.parse(text), words)
    except TimeFault:
        return text


def _names_kind(key: str, part: object) -> bool:
    return key in {"wanted", "kind", "found"} and isinstance(part, str) and part in _KINDS
