"""Who answers for what: touchpoints without a team, teams without a touchpoint, measures nobody can move."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.maps.checks.check import Look, Note, check, listed


@check("unowned-touchpoint", "warning")
def unowned_touchpoint(look: Look) -> Iterator[Note]:
    """No team is accountable for a touchpoint.

    Why it matters: what goes wrong there is reported to nobody and repaired by nobody.
    What helps: `team:` at the touchpoint, or at its stage for all of them.
    """
    teams = {stage.id: stage.team for stage in look.outline.stages}
    for point in look.outline.touchpoints:
        if point.team is None and teams.get(point.stage) is None:
            says = f"No team answers for touchpoint {look.titles[point.id]}."
            yield Note(point.id, says, "Name the accountable team (team:).")


@check("idle-team", "hint")
def idle_team(look: Look) -> Iterator[Note]:
    """A team is listed and stands nowhere on the map.

    Why it matters: either its part of the journey is missing, or the list is out of date.
    What helps: name the team where it is accountable or supports, or delete it.
    """
    busy = {id_ for point in look.outline.touchpoints for id_ in (point.team, *point.supporting)}
    busy |= {stage.team for stage in look.outline.stages} | {system.owner for system in look.live(look.map.systems)}
    busy |= {campaign.team for campaign in look.live(look.map.campaigns)}
    for team in look.live(look.map.teams):
        if team.id not in busy:
            says = f"Team {look.titles[team.id]} stands nowhere on the map."
            yield Note(team.id, says, "Name it at its touchpoints (team:, supporting:), or delete it.")


@check("kpi-without-influence", "warning")
def kpi_without_influence(look: Look) -> Iterator[Note]:
    """A touchpoint that the company cannot influence carries targets.

    Why it matters: people are held to a number that they cannot move.
    What helps: put the target where something can be done, or say `influence: partly`.
    """
    for point in look.outline.touchpoints:
        if point.influence == "no" and point.kpis:
            names = listed([kpi.title or kpi.measure for kpi in point.kpis])
            says = f"Touchpoint {look.titles[point.id]} cannot be influenced, yet has targets: {names}."
            yield Note(point.id, says, "Put the targets where something can be done, or correct influence:.")
