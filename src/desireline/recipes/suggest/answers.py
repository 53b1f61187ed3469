"""Feedback from a source: reviews and comments, and questionnaires with a column for each question.

A scale is never guessed where the numbers leave it open: 0–6 may be five levels with two codes for no answer,
and 1–5 beside 1–10 in one column are two questions. Then a person is asked.
"""

from __future__ import annotations

import re

import polars as pl

from desireline.recipes.suggest.names import CREATED, SURVEYED, fits, is_counted, is_id_name, plain, singular
from desireline.recipes.suggest.profile import Column, Profile
from desireline.recipes.suggest.study import Question, Study, Way, id_columns, join_records
from desireline.recipes.suggest.table import Table, rest_of

_NUMBERED = re.compile(r"[A-Za-z]\d$")
_GROUP = re.compile(r"^([A-Za-z]+[_ ]?\d+)[A-Za-z_ ]")
_LEAST_GROUP = 3
_NPS = re.compile(r"\b(nps|netpro|net promoter|recommend)\b")
_CES = re.compile(r"\b(ces|effort|ease|easy)\b")
_ASKED = re.compile(r"\b(review|rating|rated|stars?|satisfaction|satisfied|nps|netpro|csat|ces|recommend)\b")
_CSAT = re.compile(r"\b(csat|satisfaction|satisfied)\b")
_KINDS = (
    (r"review|stars", "review"),
    (r"chat", "chat"),
    (r"ticket|case|incident", "ticket"),
    (r"call|transcript|meeting", "call"),
    (r"tweet|twitter|post|social", "post"),
    (r"note", "note"),
)
Ends = tuple[float, float]


def suggest_answers(study: Study, profile: Profile) -> Table | None:
    """Feedback: scores, comments, or the columns of a questionnaire. None when the source has no voice."""
    event = study.told_event(profile) or study.best(profile, "event", least=0.8)
    score = _score(study, profile)
    text = _text(profile)
    groups = {} if event is not None else question_groups(profile, but=score)
    if event is not None or (score is None and text is None and not groups):
        return None
    answers: list[Table] = []
    if score is not None or text is not None:
        answers.append(_answer(study, profile, score, text))
    for columns in groups.values():
        answers += _group_answers(study, profile, columns)
    return _table(study, profile, answers)


def question_groups(profile: Profile, *, but: Column | None) -> dict[str, list[Column]]:
    """Columns of whole numbers up to 11 that look like the questions of one questionnaire.

    At least three belong together by a common beginning (`Q7FOOD`, `Q7WIFI`), else by the same range of
    numbers.
    """
    codes = [c for c in profile.columns.values() if c.code and c is not but and _asks(c)]
    by_name: dict[str, list[Column]] = {}
    for column in codes:
        found = _GROUP.match(column.name)
        by_name.setdefault(f"{found[1]}*" if found else "", []).append(column)
    loose = by_name.pop("", [])
    groups = {name: columns for name, columns in by_name.items() if len(columns) >= _LEAST_GROUP}
    by_range: dict[float, list[Column]] = {}
    for column in loose:
        by_range.setdefault(column.high, []).append(column)
    for columns in by_range.values():
        if len(columns) > _LEAST_GROUP:
            groups[f"{profile.name}.* up to {columns[0].high:g}"] = columns
    return groups


def sense_scale(column: Column) -> tuple[Ends | None, list[str]]:
    """The scale of a score where its numbers and its name leave no doubt, and the codes outside it.

    >>> netpro = pl.Series(["0", "4", "9", "10", "11"])
    >>> sense_scale(Column("s", "NETPRO", 5, netpro, 5, "number", low=0, high=11, whole=True))
    ((0.0, 10.0), ['11'])
    """
    if _NPS.search(plain(column.name)) and 5 < column.high <= 99:
        outside = [t for t, number in zip(column.values, column.numbers, strict=True) if not 0 <= number <= 10]
        return (0.0, 10.0), outside
    if column.low >= 1:
        ends = {5.0: (1.0, 5.0), 7.0: (1.0, 7.0), 10.0: (1.0, 10.0)}.get(column.high)
        return (ends, []) if column.whole else (None, [])
    if column.low == 0 and column.high in (1.0, 10.0, 100.0):
        return (0.0, column.high), []
    return None, []


def _asks(column: Column) -> bool:
    return not (_NUMBERED.search(column.name) or is_counted(column.name) or is_id_name(column.name) or column.unique)


def _score(study: Study, profile: Profile) -> Column | None:
    """A number named like a score. A mere “score” beyond 10 is some system's own count, nobody's answer."""
    score = study.best(profile, "score", least=0.8)
    if score is None or score.kind != "number" or score.distinct < 2 or score.low < 0:
        return None
    return score if score.high <= (100 if _ASKED.search(plain(score.name)) else 10) else None


def _text(profile: Profile) -> Column | None:
    """The text that people wrote: neither a mark such as yes or no, nor the message of a machine in JSON."""
    texts = [
        c
        for c in profile.columns.values()
        if c.kind in ("text", "word") and fits(c.name, "text") >= 0.8 and c.distinct > 2
        if not str(c.values[0]).startswith(("{", "[", "<"))
    ]
    return max(texts, key=lambda c: (c.kind == "text", fits(c.name, "text"), c.length), default=None)


def _answer(study: Study, profile: Profile, score: Column | None, text: Column | None) -> Table:
    """One answer: its question is named after the column of the score, else of the text."""
    named = score if score is not None else text
    answer: Table = {"question": {"text": plain(named.name) if named is not None else "answer"}}
    if score is not None:
        answer |= {"answer": score.name} | _scale(study, profile, score)
        why = f"numbers from {score.low:g} to {score.high:g}, named like a score"
        study.because(profile.name, score.name, "answer", why, sure=fits(score.name, "score"))
        study.used_numbers.append(score)
    if text is not None:
        answer["text"] = text.name
        why = f"{text.length:.0f} letters on average, named like a comment"
        study.because(profile.name, text.name, "text", why, sure=fits(text.name, "text"))
    own = next((c for c in profile.columns.values() if c.unique and _own_id(profile, c)), None)
    if own is not None:
        answer["id"] = own.name
        study.because(profile.name, own.name, "id", "every row has its own", sure=0.9)
    return answer


def _own_id(profile: Profile, column: Column) -> bool:
    return fits(column.name, "id") > 0 or plain(column.name) == f"{singular(profile.name)} id"


def _scale(study: Study, profile: Profile, score: Column) -> Table:
    told = study.told.scale(profile.name, score.name)
    if told is None and (group := _two_scales(profile, score)):
        says = f"{score.name} in {profile.name} seems to hold two scales: {group}. Which one is it?"
        study.ask(Question("scale", says, f"--scale '{score.name}=1-5'", ("1-5", "0-10", "1-10")))
        return {}
    ends, codes = (told, _codes(score, told)) if told else sense_scale(score)
    if ends is None:
        held = f"{score.name} in {profile.name} holds {score.low:g} to {score.high:g}"
        says = f"{held}. From where to where is its scale?"
        study.ask(Question("scale", says, f"--scale '{score.name}=1-5'", _choices(score)))
        return {}
    return _scaled(score, ends, codes)


def _scaled(column: Column, ends: Ends, codes: list[str]) -> Table:
    words = plain(column.name)
    rule = "nps" if _NPS.search(words) and ends == (0.0, 10.0) else "mean"
    rule = "ces" if _CES.search(words) else "csat" if _CSAT.search(words) and ends == (1.0, 5.0) else rule
    found: Table = {"low": ends[0], "high": ends[1], "rule": rule}
    return found | ({"not_answers": codes} if codes else {})


def _codes(column: Column, ends: Ends) -> list[str]:
    """The values outside a scale: codes for no answer, such as 0 and 6 on 1–5."""
    low, high = min(ends), max(ends)
    return [
        text
        for text, number in zip(column.values, column.numbers, strict=True)
        if number is None or not low <= number <= high
    ]


def _choices(column: Column) -> tuple[str, ...]:
    return tuple(dict.fromkeys(("1-5", f"{column.low:g}-{column.high:g}", "0-10", "1-7")))


def _two_scales(profile: Profile, score: Column) -> str | None:
    """Groups of rows of which some never go beyond 5 and others often do, in words; else None."""
    if not (score.high in (10.0, 7.0, 100.0) and score.whole):
        return None
    number = pl.col(score.name).cast(pl.Float64, strict=False)
    for column in profile.columns.values():
        if column.kind != "word" or not 2 <= column.distinct <= 20:
            continue
        seen = (
            profile.rows.filter(pl.col(column.name).is_not_null() & number.is_not_null())
            .group_by(column.name)
            .agg(number.max().alias("most"), (number > 5).mean().alias("beyond"), pl.len().alias("n"))
            .filter(pl.col("n") >= 10)
            .sort(column.name)
        )
        small, large = seen.filter(pl.col("most") <= 5), seen.filter(pl.col("beyond") >= 0.2)
        if small.height and large.height:
            beyond = f"up to {score.high:g} where it is {large[0, 0]}"
            return f"up to 5 where {column.name} is {small[0, 0]}, {beyond}"
    return None


def _group_answers(study: Study, profile: Profile, columns: list[Column]) -> list[Table]:
    """An answer for each question of a group; their scale is asked for when the numbers leave it open."""
    answers: list[Table] = []
    open_ones: list[Column] = []
    for column in columns:
        told = study.told.scale(profile.name, column.name)
        ends, codes = (told, _codes(column, told)) if told else sense_scale(column)
        answer: Table = {"question": {"text": column.name}, "answer": column.name}
        answers.append(answer | (_scaled(column, ends, codes) if ends else {}))
        if ends is None:
            open_ones.append(column)
        study.because(
            profile.name,
            column.name,
            "answer",
            f"whole numbers from {column.low:g} to {column.high:g}",
            sure=0.6,
        )
    if open_ones:
        study.ask(_ask_scale(profile, open_ones))
    return answers


def _ask_scale(profile: Profile, columns: list[Column]) -> Question:
    names = [column.name for column in columns]
    prefix = _GROUP.match(names[0])
    pattern = f"{prefix[1]}*" if prefix and all(name.startswith(prefix[1]) for name in names) else f"{profile.name}.*"
    shown = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    low, high = min(c.low for c in columns), max(c.high for c in columns)
    says = (
        f"{len(names)} columns of {profile.name} ({shown}) hold {low:g} to {high:g}. "
        "From where to where is their scale? Numbers outside it are taken as codes for no answer."
    )
    return Question("scale", says, f"--scale '{pattern}=1-5'", _choices(columns[0]))


def _table(study: Study, profile: Profile, answers: list[Table]) -> Table:
    table: Table = {"into": "feedback", "source": profile.name, "kind": _kind(profile)}
    customer = study.customer(profile) or (_respondent(profile) if len(answers) >= _LEAST_GROUP else None)
    if customer is not None:
        if customer.links:
            table["join"] = join_records(customer.links)
        table["customer"] = customer.pick
        study.because(profile.name, customer.pick, "customer", "named like a customer", sure=customer.sure)
    case = study.best(profile, "case", least=0.75)
    if case is not None and case.name != table.get("customer"):
        table["case"] = case.name
        study.because(profile.name, case.name, "case", "named like a case", sure=fits(case.name, "case"))
    if profile.times():
        at = max(
            profile.times(),
            key=lambda c: (bool(SURVEYED.search(plain(c.name))), bool(CREATED.search(plain(c.name)))),
        )
        table["at"] = at.name
        study.used_times.append(at)
        study.because(profile.name, at.name, "at", f"an instant; {at.time.why if at.time else ''}", sure=0.8)
    weight = next((c for c in profile.columns.values() if plain(c.name) in ("weight", "survey weight")), None)
    if weight is not None and weight.kind == "number":
        table["weight"] = weight.name
        study.because(profile.name, weight.name, "weight", "named like a survey weight", sure=0.8)
    kept = rest_of(study, profile, [table, *answers])
    return table | {"answers": answers} | ({"properties": kept} if kept else {})


def _respondent(profile: Profile) -> Way | None:
    """A column that numbers the respondents, when nothing is named like a customer."""
    ids = [column for column in id_columns(profile) if column.unique and not _own_id(profile, column)]
    return Way((), ids[0], 0.4) if ids else None


def _kind(profile: Profile) -> str:
    words = " ".join([plain(profile.name), *(plain(name) for name in profile.columns)])
    near = [kind for pattern, kind in _KINDS if re.search(pattern, plain(profile.name))]
    return next(iter(near), next((kind for pattern, kind in _KINDS[:1] if re.search(pattern, words)), "survey"))
