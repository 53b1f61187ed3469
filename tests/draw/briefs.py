"""Briefs to draw: of the sample company with findings, decisions and verdicts; of nothing; of what is too long."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl

from desireline.draw.brief.brief import Brief, Key, Told, brief
from desireline.findings.finding import Effect, Finding, Harm, Who
from desireline.findings.gather.worth import Worth
from desireline.findings.gathering import Around
from desireline.findings.notice import Findings
from desireline.findings.opportunities.opportunity import opportunities
from desireline.initiatives.records import Baseline, Initiative, Judged, Target, Task
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.tables import READINGS

from .sample import sample_ledger, sample_meta, sample_outline, sample_readings

FIRST, LAST = datetime(2025, 4, 1, tzinfo=UTC), datetime(2026, 3, 31, tzinfo=UTC)
WORTH = Worth(journeys=5_212, successes=2_246, of_success=(60.0, 55.0, 65.0), of_journey=26.0)
LONG = (
    "The delivery of the parcel that was promised for the day before yesterday, at a place that nobody can reach "
    "without a car, 日本語のテキスト 🎁🎉 مرحبا بالعالم <script>alert(1)</script> =1+1 &amp; "
)


def finding(rule: str, at: str, says: str, value: float, **more: object) -> Finding:
    """A finding with an effect of this size."""
    effect = Effect("beyond all others", value, value - 0.03, value + 0.04, "share", 300, 700)
    score = Effect("mean score, with it against without", -1.56, -1.8, -1.33, "score:1–5", 120, 900)
    harms = (Harm("conversion", -0.5, -0.6, -0.4),)
    whole = {"customers": 402, "journeys": 447, "evidence": (score,), "harms": harms, "q": 0.0001, **more}
    return Finding(rule, at, says, effect, who=Who(rule, at), id=f"{rule[:4]}{at}0123456789"[:12], **whole)  # type: ignore[arg-type]


def sample_findings() -> Findings:
    """Six findings of the sample company, one of which costs nothing that was measured."""
    found = (
        finding("late", "delivered", "43 % of 447 journeys wait longer for “Parcel arrives” than promised.", 0.39),
        finding("lost", "costs", "In the app, 38 % of 1,204 journeys end at “Delivery costs shown”.", 0.26),
        finding("failing", "checkout", "21 % of 731 journeys meet a failure at “Checkout”.", 0.18, quotes=("Why?",)),
        finding("stuck", "return", "31 % of 275 journeys wait after “Return and refund” for the money.", 0.29),
        finding("repeating", "contact", "18 % come to “Contact: phone, chat or e-mail” again.", 0.12),
        finding("late", "dispatch", "6 % wait for “Dispatch notice”.", 0.05, harms=(), journeys=0),
    )
    return Findings(found, {"deviations": (6, 900)}, Around(sample_outline(), LAST.date(), FIRST, LAST), WORTH)


def initiative(title: str, word: str, value: float | None, **more: object) -> Initiative:
    """An initiative with a verdict of this word; without a value nothing could be said yet."""
    base = Baseline(
        value=0.3, low=0.28, high=0.32, n=900, unit="share", since=date(2025, 4, 1), until=date(2025, 9, 30)
    )
    effect = value and {"value": value, "low": value - 0.02, "high": value + 0.02, "unit": "share", "n": 900}
    judged = {"verdict": word, "method": "interrupted", "grade": "C", "arm": "", "effect": effect, "warnings": []}
    verdict = Judged(at=LAST, who="Ana", word=word, says=f"{word}: it says so.", whole={"verdicts": [judged]})
    plain = {"owner": "Ana", "team": "shop", "status": "running", "starts_on": date(2025, 10, 6), **more}
    target = Target(measure="promise_kept", at="delivered", expected=0.1, baseline=base)
    return Initiative(
        id=title.lower().replace(" ", "-"), title=title, target=target, verdicts=(verdict,) if word else (), **plain
    )  # type: ignore[arg-type]


def sample_initiatives() -> list[Initiative]:
    """One of each verdict, and one without."""
    return [
        initiative("Send parcels twice a day", "helped", 0.061, findings=("latedelivere",), tasks=(Task(title="Van"),)),
        initiative("Show costs on the page", "no clear effect", 0.004),
        initiative("Repair the checkout", "harmed", -0.052),
        initiative("Answer within a day", "too early", None),
        initiative("Refund at once", "", None, status="planned"),
    ]


def sample_brief() -> Brief:
    """The sample company, with all that a brief can tell."""
    found = sample_findings()
    ranked = opportunities(found.findings, found.worth, found.around)
    decided = {found.findings[1].key: "Accepted by Ben: costs come first"}
    told = Told(found, ranked, sample_initiatives(), decided)
    return brief(sample_outline(), sample_readings(), sample_ledger(), sample_meta(), told)


def empty_brief() -> Brief:
    """A map with a title and nothing else."""
    return brief(Outline(Map.model_validate({"map": {"id": "new", "title": "A new map"}})))


def endless_brief() -> Brief:
    """60 touchpoints with titles that never end, and findings and decisions that do not either."""
    stages = [{"id": f"s{k}", "title": (LONG * 2)[:200] if k % 2 else f"Stage {k}"} for k in range(9)]
    points = [{"id": f"t{k}", "stage": f"s{k % 9}", "title": (LONG * 2)[k : k + 200]} for k in range(60)]
    head = {"id": "big", "title": (LONG * 2)[:200], "purpose": LONG * 4, "owner": LONG}
    outline = Outline(Map.model_validate({"map": head, "stages": stages, "touchpoints": points}))
    rows = [
        (measure, f"t{k}", "", "", value, value - 0.02, value + 0.02, 500, "share", "")
        for k in range(60)
        for measure, value in (("reach", 0.9 - 0.01 * k), ("drop_off", 0.02 * (k % 9)))
    ]
    readings = pl.DataFrame(rows, schema=dict(READINGS.columns), orient="row")
    found = tuple(finding("late", f"t{k}", LONG * 2, 0.1 + k / 20, quotes=(LONG * 2, LONG), also=()) for k in range(9))
    worth = WORTH
    around = Around(outline, LAST.date(), FIRST, LAST)
    findings = Findings(found, {}, around, worth)
    done = [initiative((LONG * 2)[:190] + str(k), "helped", 0.05, hypothesis=LONG * 3, map_id="big") for k in range(9)]
    return brief(outline, readings, None, None, Told(findings, opportunities(found, worth, around), done, {}))


def rich_brief() -> Brief:
    """A company whose every number is long: in a currency of small coins, with intervals that are wide."""
    loss = Effect(
        "value per journey, with it against without", -113_435.4, -1_201_234.5, -10_222.2, "money:IDR", 30, 90
    )
    found = tuple(
        replace(finding(rule, at, says, -0.2), effect=loss, evidence=(loss, loss))
        for rule, at, says in (
            ("late", "delivered", "Late parcels cost 113,435 IDR a journey, which is 21 % of 1,204,338 IDR."),
            ("lost", "costs", "Delivery costs of 48,200 IDR end 38 % of 1,204 journeys."),
        )
    )
    around = Around(sample_outline(), LAST.date(), FIRST, LAST)
    worth = Worth(journeys=5_212_000, successes=2_246_000, of_success=(8e5, 7e5, 9e5), of_journey=3e5)
    effect = {"value": -113_435.4, "low": -1_201_234.5, "high": -10_222.2, "unit": "money:IDR", "n": 900}
    arms = [{"method": "interrupted", "grade": "C", "arm": f"arm {k}", "effect": effect} for k in range(3)]
    judged = {"whole": {"verdicts": arms}}
    done = [
        one.model_copy(update={"verdicts": tuple(each.model_copy(update=judged) for each in one.verdicts)})
        for one in sample_initiatives()[:2]
    ]
    told = Told(Findings(found, {"deviations": (2, 9)}, around, worth), opportunities(found, worth, around), done)
    shown = brief(sample_outline(), sample_readings(), sample_ledger(), sample_meta(), told)
    total = Key("value", "Value", "132,368,123 IDR", "95 % interval 101,234,123–1,163,502,998 IDR", "")
    return replace(shown, keys=(total, total, total))
