"""Whether the map is kept: reviews that are due, campaigns that are over, an owner who answers for it."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.maps.checks.check import Look, Note, check


@check("review-overdue", "warning")
def review_overdue(look: Look) -> Iterator[Note]:
    """The day on which people wanted to look at the map again has passed.

    Why it matters: the longer ago the review, the less the map says about today's customers.
    What helps: look at the map together, correct it, and set `review: {last: …}` to that day.
    """
    review = look.map.map.review
    if review is None or review.every_days is None:
        return
    who = f" ({review.by})" if review.by else ""
    if review.last is None:
        says = f"The map is to be reviewed every {review.every_days} days, but no review is noted."
        yield Note(look.id, says, f"Look at the map together{who} and set last: in its review.")
        return
    late = (look.today - review.last).days - review.every_days
    if late > 0:
        days = "1 day" if late == 1 else f"{late:,} days"
        says = f"The review of the map is {days} overdue; the last was on {review.last}."
        yield Note(look.id, says, f"Look at the map together{who} and set last: in its review.")


@check("no-owner", "hint")
def no_owner(look: Look) -> Iterator[Note]:
    """Nobody is named as the map's owner.

    Why it matters: what belongs to everybody is kept by nobody.
    What helps: `owner:` in the head of the map.
    """
    if not look.map.map.owner:
        yield Note(look.id, "The map has no owner.", "Name in the map's head who answers for it (owner:).")


@check("campaign-over", "hint")
def campaign_over(look: Look) -> Iterator[Note]:
    """A campaign that has ended still stands at touchpoints.

    Why it matters: readers take the map for what happens now.
    What helps: take it from the touchpoints, mark it as deleted, or correct its last day.
    """
    for campaign in look.live(look.map.campaigns):
        at = [look.titles[point.id] for point in look.outline.touchpoints if campaign.id in point.campaigns]
        if campaign.ends and campaign.ends < look.today and at:
            says = f"Campaign {look.titles[campaign.id]} ended on {campaign.ends} and still stands at {at[0]}."
            yield Note(campaign.id, says, "Take it from the touchpoint, or correct its last day (ends:).")


@check("campaign-nowhere", "hint")
def campaign_nowhere(look: Look) -> Iterator[Note]:
    """A campaign, nurture or piece of content works at no touchpoint.

    Why it matters: nobody sees from the map whom it reaches and when, so overlaps stay hidden.
    What helps: name it at the touchpoints where customers meet it (`campaigns: […]`).
    """
    used = {id_ for point in look.outline.touchpoints for id_ in point.campaigns}
    for campaign in look.live(look.map.campaigns):
        if campaign.id not in used:
            says = f"The {campaign.kind} {look.titles[campaign.id]} stands at no touchpoint."
            yield Note(campaign.id, says, f"Add campaigns: [{campaign.id}] where customers meet it.")
