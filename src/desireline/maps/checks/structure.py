"""Whether the drawing hangs together: stages, success, links, channels, and mentions of what was deleted."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.maps.checks.check import Look, Note, check, listed
from desireline.maps.files import map_data
from desireline.maps.records import SECTIONS
from desireline.maps.references import mentions

MOST_IN_ANY_ORDER = 16


@check("no-stages", "error")
def no_stages(look: Look) -> Iterator[Note]:
    """The map has no stage or no touchpoint.

    Why it matters: there is no journey to look at or to measure.
    What helps: start from a template: `desireline map new FILE --template buyer-journey`.
    """
    if not look.outline.stages or not look.outline.touchpoints:
        missing = "stage" if not look.outline.stages else "touchpoint"
        yield Note(look.id, f"The map has no {missing}.", "Add some, or start from a template: desireline map new.")


@check("empty-stage", "warning")
def empty_stage(look: Look) -> Iterator[Note]:
    """A stage has no touchpoint.

    Why it matters: readers cannot tell whether nothing happens there or nobody looked.
    What helps: add the touchpoints, or delete the stage.
    """
    for stage in look.outline.stages:
        if look.outline.touchpoints and not any(point.stage == stage.id for point in look.outline.touchpoints):
            says = f"Stage {look.titles[stage.id]} has no touchpoint."
            yield Note(stage.id, says, "Add touchpoints to it, or delete it.")


@check("stage-without-goal", "hint")
def stage_without_goal(look: Look) -> Iterator[Note]:
    """A stage does not say what the customer wants there.

    Why it matters: without the customer's goal a stage is only a department's name.
    What helps: `customer_goal:` at the stage, in the customer's words.
    """
    for stage in look.outline.stages:
        if not stage.customer_goal:
            says = f"Stage {look.titles[stage.id]} does not say what the customer wants."
            yield Note(stage.id, says, "Add customer_goal: in the customer's words.")


@check("no-success", "hint")
def no_success(look: Look) -> Iterator[Note]:
    """The map does not say what a successful journey is.

    Why it matters: conversion and losses are counted against it; the last touchpoint is taken instead.
    What helps: `journey: {success: [touchpoint, …]}` in the head of the map.
    """
    if not look.map.map.journey.success and look.outline.success:
        last = look.titles[look.outline.success[0]]
        says = f"The map does not say when a journey has succeeded; reaching {last} is taken for it."
        yield Note(look.id, says, "Say in the map's head: journey: {success: [touchpoint, …]}.")


@check("success-unreachable", "error")
def success_unreachable(look: Look) -> Iterator[Note]:
    """No customer can succeed: none of the success touchpoints is bound to events.

    Why it matters: every journey would count as failed.
    What helps: bind one of them (`when:`), or choose other success touchpoints.
    """
    bound = {point.id for point in look.outline.bound}
    said = look.map.map.journey.success
    if bound and said and not bound & set(said):
        names = listed([look.titles.get(id_, f"“{id_}”") for id_ in said])
        says = f"No journey can succeed: {names} is bound to no event."
        yield Note(look.id, says, "Give it a rule (when:), or name other touchpoints under success:.")


@check("gone-record", "warning")
def gone_record(look: Look) -> Iterator[Note]:
    """A record mentions another one that was deleted.

    Why it matters: readers look for it in vain, and measures leave the mention out.
    What helps: take the mention out, or bring the record back (`deleted: false`).
    """
    gone = {record.id for section in SECTIONS for record in getattr(look.map, section) if record.deleted}
    data = map_data(look.map)
    for mention in mentions(data):
        section, number = mention.place[:2]
        record = data["map"] if section == "map" else data[str(section)][number]
        if mention.id in gone and not record.get("deleted"):
            says = f"“{record.get('title') or record['id']}” mentions “{mention.id}”, which was deleted."
            yield Note(record["id"], says, "Take the mention out, or bring the record back.")


@check("broken-link", "error")
def broken_link(look: Look) -> Iterator[Note]:
    """A link lacks what its kind needs: `then` both ends, `alternative` and `any order` their members.

    Why it matters: it is left out when journeys are compared with the map.
    What helps: `{kind: then, from: a, to: b}`, `{kind: alternative, among: [a, b]}`.
    """
    for link in look.live(look.map.links):
        if link.kind == "then" and (link.from_ is None or link.to is None):
            says = f"Link “{link.id}” says that one touchpoint follows another, and names only one."
            yield Note(link.id, says, "Write {kind: then, from: a, to: b}.")
        elif link.kind != "then" and len(set(link.among)) < 2:
            count = "only one touchpoint" if link.among else "no touchpoint"
            says = f"Link “{link.id}” ({link.kind}) has {count}; it takes at least two to choose or to order."
            yield Note(link.id, says, "Name the members: among: [a, b].")


@check("wide-any-order", "error")
def wide_any_order(look: Look) -> Iterator[Note]:
    """More than 16 touchpoints may come in any order.

    Why it matters: journeys are compared with the map exactly, and that many orders cannot be looked through.
    What helps: split the stage or the link, or give part of it a fixed order.
    """
    groups = {link.id: len(set(link.among)) for link in look.live(look.map.links) if link.kind == "any order"}
    for stage in look.outline.stages:
        if stage.any_order:
            groups[stage.id] = sum(point.stage == stage.id for point in look.outline.touchpoints)
    for id_, count in groups.items():
        if count > MOST_IN_ANY_ORDER:
            says = f"{count} touchpoints of {look.titles[id_]} may come in any order; 16 is the most."
            yield Note(id_, says, "Split it, or give part of it a fixed order.")


@check("touchpoint-without-channel", "hint")
def touchpoint_without_channel(look: Look) -> Iterator[Note]:
    """Touchpoints that customers see do not say in which channels they are meant to happen.

    Why it matters: any channel counts as right there, so visits in a wrong one go unnoticed.
    What helps: `channels: […]` at the touchpoint.

    One remark for the whole map.
    """
    open_ = [point for point in look.outline.touchpoints if point.front and not point.channels]
    if open_:
        names = listed([look.titles[point.id] for point in open_])
        yield Note(look.id, f"No channels are said for {names}.", "Add channels: [web, store, …].")


@check("unused-channel", "hint")
def unused_channel(look: Look) -> Iterator[Note]:
    """A channel is listed and no touchpoint happens in it.

    Why it matters: either touchpoints are missing from the map, or the list is out of date.
    What helps: name the channel at touchpoints, or delete it.

    Passed over where a touchpoint may happen in any channel.
    """
    if not all(point.channels for point in look.outline.touchpoints):
        return
    used = {id_ for point in look.outline.touchpoints for id_ in point.channels}
    used |= {campaign.channel for campaign in look.live(look.map.campaigns) if campaign.channel}
    for channel in look.live(look.map.channels):
        if channel.id not in used:
            says = f"No touchpoint happens in channel {look.titles[channel.id]}."
            yield Note(channel.id, says, "Name it at touchpoints (channels:), or delete it.")
