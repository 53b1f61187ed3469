"""The fast reader says how people feel from the words of English, and abstains from what it cannot read."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.text.fast import Fast
from desireline.text.reader import NEUTRAL, Reader, kinds


def level(text):
    return float(Fast().read([text]).level[0])


def test_it_is_a_reader_with_a_name():
    reader: Reader = Fast()
    assert reader.name == "fast/1"


POSITIVE = """
    The service was great.
    I love it 😍
    Thanks!
    Thank you for your help
    All good.
    Not bad at all
    I have no complaints.
    Never had any problems.
    The staff could not have been nicer.
    It could be worse.
    I can't recommend it enough
    I would recommend this to anyone
    No problem, very quick delivery
    The issue was resolved quickly.
    Everything arrived on time and as described.
    Can't wait for the next one
    Better than expected
    soooo goood
    #LoveIt
"""
NEGATIVE = """
    The service was not great.
    I've been on hold for 2 hours.
    Still waiting for my refund.
    Can't get through to anyone.
    No one answers the phone.
    I never received my order
    They won't refund me
    My flight was cancelled
    Delivery was two days late
    The app keeps crashing
    It does not work.
    Never again!
    Would not use again
    Don't waste your money
    I don't think it's good.
    They were less helpful this time
    Could be better.
    I expected more.
    I wanted to love this dress.
    It would have been great if somebody had called back.
    They promised a great service.
    It was "great" service, they said.
    Thanks for nothing
    Thanks for the delay and the lost bag
    Why was I charged twice?
    How hard is it to answer the phone?
    dont like it
    #NeverAgain
"""
NEUTRAL_ONES = """
    How do I reset my password?
    Is there a direct flight to Boston?
    Can you help me please?
    Please cancel my subscription
    I would like to change my address.
    My order number is 12345
    I ordered a blue shirt on Monday.
    What is the best way to contact you?
    It looks like a bag.
    I need help with my account
    I stayed there for two weeks
    I called customer care about my credit card
"""


@pytest.mark.parametrize(("texts", "kind"), [(POSITIVE, 1), (NEGATIVE, -1), (NEUTRAL_ONES, 0)])
def test_sentences_of_service_are_read_as_they_are_meant(texts, kind):
    lines = [line.strip() for line in texts.strip().splitlines()]
    read = Fast().read(lines)
    assert read.language == ["en"] * len(lines)
    assert [line for line, found in zip(lines, kinds(read.level), strict=True) if found != kind] == []


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ("The food was good", "The food was very good"),
        ("The food was slightly bad", "The food was bad"),
        ("The food was bad", "The food was BAD"),
        ("The food was bad", "The food was bad!"),
        ("The food was bad!", "The food was bad!!!"),
        ("The food was not bad", "The food was good"),
        ("The food was not perfect", "The food was terrible"),
        ("It was pretty", "It was pretty good"),
        ("It was disappointing", "It was terribly disappointing"),
        ("It was good 🙂", "It was good 😍"),
    ],
)
def test_emphasis_makes_a_feeling_stronger(weaker, stronger):
    assert abs(level(weaker)) < abs(level(stronger))


def test_what_stands_after_but_weighs_more():
    assert level("The room was nice, but the food was bad.") < 0 < level("The food was bad, but the room was nice.")
    assert level("Although the queue was long, the staff were great.") > level(
        "The queue was long, the staff were great."
    )


def test_a_negation_reaches_as_far_as_the_comma():
    assert level("I did not wait, great service") > 0 > level("I did not get great service")


def test_emoji_and_emoticons_alone_are_read_in_any_language():
    signs = ["😍😍", "😡", ":)", ":-(", "@shop 👍🏽", "👩‍❤️‍👨", "12 ❤️"]
    read = Fast().read(signs)
    assert np.sign(read.level).tolist() == [1, -1, 1, -1, 1, 1, 1]
    assert read.language == ["und"] * len(signs)


UNREAD = [
    *("", " \n\t", "\x00\x01", "12345", "!!!", "=1+1", "…", "📦", "n/a", "None", "[phone]"),
    "Der Flug war verspätet und niemand hat geholfen",
    "Muy buen servicio, gracias 😍",
    "המשלוח הגיע באיחור, שירות גרוע",
    "الخدمة سيئة جدا والموظفون غير متعاونين",
    "スタッフがとても親切でした",
]


@pytest.mark.parametrize("text", UNREAD)
def test_what_cannot_be_read_is_unread_not_neutral(text):
    assert math.isnan(level(text))


def test_english_without_a_known_word_is_neutral():
    read = Fast().read(["The parcel is on the table in the other room."])
    assert read.level.tolist() == [0.0]
    assert read.language == ["en"]


def test_words_that_feel_the_same_everywhere_are_read_in_an_untold_language():
    read = Fast().read(["Perfect!", "ok", "horrible"])
    assert read.language == ["und"] * 3
    assert kinds(read.level).tolist() == [1, 1, -1]


BAD = [
    *(None, float("nan"), 7, "\ud800 bad", "\udfff" * 500, "b\u200bad service", "&amp;amp; <b>", "<a " * 5_000),
    *(
        "👩\u200d" * 50,
        "\u202eevil\u202c",
        "a\u0301" * 500,
        "'" * 5_000,
        "ǅ İ ß ﬁ",
        "🇩🇪 1️⃣",
        '=HYPERLINK("http://x","good")',
    ),
]


@pytest.mark.parametrize("text", BAD)
def test_bad_input_raises_nothing(text):
    read = Fast().read([text, "The food was bad"])
    assert read.level[1] == level("The food was bad")
    assert math.isnan(read.level[0]) or -2 <= read.level[0] <= 2


@pytest.mark.parametrize(
    "unit", ["a", "good ", "!", "<", "<a ", "&#", "a.", "a'", ":", ":)", "#aB", "-_", "😀", "(", "é", "\n"]
)
def test_a_megabyte_of_anything_is_read_or_left_unread(unit):
    found = level(unit * (1_000_000 // len(unit)))
    assert math.isnan(found) or -2 <= found <= 2


def test_what_is_said_last_in_a_very_long_text_is_read():
    long = "The food was on the table in the room. " * 30_000
    assert level(long) == 0.0
    assert level(long + "What a terrible place") < 0 < level("What a lovely place. " + long)


SOME = (
    "the good bad not never great but and , . ? ! very slow so why can't thanks for nothing 😡 :) please wait hours 2 "
    'like it if would be no problem GOOD although cancelled " refund i you is this the a of'
)
WORDS = st.sampled_from(SOME.split())
SENTENCES = st.lists(WORDS, max_size=20).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(text=SENTENCES | st.text(max_size=60), marks=st.integers(1, 4))
def test_an_exclamation_mark_never_turns_a_feeling(text, marks):
    before, after = Fast().read([f"We say: {text}", f"We say: {text}" + "!" * marks]).level
    assert np.sign(before) == np.sign(after) or (math.isnan(before) and math.isnan(after))


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(SENTENCES | st.text(max_size=40), max_size=6), data=st.data())
def test_a_text_is_read_the_same_whatever_it_stands_beside(texts, data):
    shuffled = data.draw(st.permutations(range(len(texts))))
    together = Fast().read([texts[place] for place in shuffled])
    alone = [Fast().read([texts[place]]) for place in shuffled]
    np.testing.assert_array_equal(together.level, [read.level[0] for read in alone])
    assert together.language == [read.language[0] for read in alone]


@settings(max_examples=150, deadline=None)
@given(text=SENTENCES | st.text())
def test_levels_stay_between_awful_and_delighted(text):
    found = level(text)
    assert math.isnan(found) or -2 <= found <= 2


def test_no_texts_have_no_levels():
    read = Fast().read([])
    assert read.level.shape == (0,)
    assert read.language == []


def test_a_stretch_of_time_alone_stays_neutral():
    assert -NEUTRAL < level("I stayed there for 3 days") < 0
