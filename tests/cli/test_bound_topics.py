"""Answers are bound to touchpoints by what their texts are about."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from cli.shop import Desk
from desireline.kept.bound_topics import bind_topics

LATE = "The parcel is late, where is it"
MAP = """
map: {id: said, title: Said, journey: {by: life}}
stages: [{id: get, title: Gets it}]
touchpoints:
  - {id: parcel, stage: get, title: The parcel arrives, feedback: {topic: late-parcel}}
  - {id: shop, stage: get, title: The shop}
"""


def test_an_anonymous_post_speaks_about_the_touchpoint_of_its_topic(desk: Desk):
    posts = ["at,text"] + [f'2026-03-0{1 + k % 9},"{LATE} {k}"' for k in range(6)] + ["2026-03-02,hello"] * 6
    Path("posts.csv").write_text("\n".join(posts) + "\n")
    Path("said.journey.yaml").write_text(MAP)
    Path("posts.recipe.yaml").write_text("""
recipe: posts
times: {form: iso, zone: UTC}
sources: {posts: {file: "posts*.csv"}}
tables: {posts: {into: feedback, source: posts, at: at, kind: post, answers: [{question: {text: Post}, text: text}]}}
""")
    assert desk.say("init", "said").code == 0
    assert desk.say("import", "-w", "said", "-r", "posts.recipe.yaml", "posts.csv").code == 0
    bind_topics(Path("said"), pl.Series([f"{LATE} {k}" for k in range(6)]), pl.Series(["late-parcel"] * 6))
    found = desk.say("measure", "said.journey.yaml", "-w", "said", "-m", "answers", "--json").data["readings"]
    assert {row["at"]: row["value"] for row in found if row["value"]} == {"parcel": 6, "said": 6}
