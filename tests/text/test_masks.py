from __future__ import annotations

import re
import time

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.text.accounts import luhn
from desireline.text.masks import KINDS, Masking, fault_of_pattern, mask, mask_texts, tell_masked


def masked(text: str | None, masking: Masking | None = None) -> str | None:
    """One text, masked beside one that holds nothing."""
    return mask_texts(pl.Series([text, "all fine"], dtype=pl.String), masking or Masking()).to_list()[0]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Write to ana.silva+shop@mail.example.co.uk, please.", "Write to [e-mail], please."),
        ("ANA@EXAMPLE.COM!", "[e-mail]!"),
        ("josé@correo.example", "[e-mail]"),
        ("ana@gmail", "[e-mail]"),
        ("ana＠example.com", "[e-mail]"),
        ("ana\u200b@exam\u200bple.com", "[e-mail]"),
        ("ana (at) example dot com", "[e-mail]"),
        ("ana[at]example[dot]com, danke", "[e-mail], danke"),
        ("mine is ana.silva at gmail dot com", "mine is [e-mail]"),
        ("ana at hotmail punto com", "[e-mail]"),
        ("ana @ gmail.com", "[e-mail]"),
        ("great...ana@example.com", "great...[e-mail]"),
        ("mailto:ana@example.com", "mailto:[e-mail]"),
        ("<ana@example.com>", "<[e-mail]>"),
    ],
)
def test_email_addresses_are_masked_however_they_are_written(written, shown):
    assert masked(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("+44 20 7946 0958", "[phone]"),
        ("+1-202-555-0143 now", "[phone] now"),
        ("(202) 555-0143", "[phone]"),
        ("202.555.0143", "[phone]"),
        ("1-800-433-7300", "[phone]"),
        ("2025550143", "[phone]"),
        ("over an hour...919-675-0985", "over an hour...[phone]"),
        ("202-555-0143 202-555-0144", "[phone] [phone]"),
        ("0049 30 901820", "[phone]"),
        ("030 901820, Durchwahl 12", "[phone], Durchwahl 12"),
        ("0171/2345678", "[phone]"),
        ("06 12 34 56 78", "[phone]"),
        ("01.23.45.67.89", "[phone]"),
        ("(11) 98765-4321", "[phone]"),
        ("612 345 678 es mi número", "[phone] es mi número"),
        ("call me at 555-1234", "call me at [phone]"),
        ("Tel. 4711 22", "Tel. [phone]"),
        ("whatsapp: 98765432", "whatsapp: [phone]"),
        ("٠١٧١ ٢٣٤٥٦٧٨", "[phone]"),
        ("０２０ ７９４６ ０９５８", "[phone]"),
        ("+49\u200b30\u200b901820", "[phone]"),
        ("610-362-7498(99)", "[phone]"),
        ("call 610-362-7498(99) now", "call [phone] now"),
        ("Tel. 610-362-7498 (99).", "Tel. [phone]."),
        ("(ask 610-362-7498)", "(ask [phone])"),
        ("610-362-7498-99", "[phone]"),
        ("610.362.7498/99", "[phone]"),
        ("6103627498(99)", "[phone]"),
        ("+44 20 7946 0958(99)", "[phone]"),
        ("+1 (610) 362-7498 x99", "[phone]"),
        ("610-362-7498x99 or 610-362-7498 ext. 1204", "[phone] or [phone]"),
        ("(202) 555-0143(ext 9), 202-555-0143 ext:99", "[phone], [phone]"),
        ("202-555-0143 (2 calls)", "[phone] (2 calls)"),
        ("202-555-0143.Thanks", "[phone].Thanks"),
    ],
)
def test_phone_numbers_are_masked_in_the_ways_of_many_countries(written, shown):
    assert masked(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("IBAN DE89 3704 0044 0532 0130 00 is mine", "IBAN [IBAN] is mine"),
        ("GB82WEST12345698765432", "[IBAN]"),
        ("gb82 west 1234 5698 7654 32", "[IBAN]"),
        ("FR14-2004-1010-0505-0001-3M02-606", "[IBAN]"),
        ("4111 1111 1111 1111", "[card]"),
        ("4111-1111-1111-1111.", "[card]."),
        ("378282246310005", "[card]"),
        ("3782 822463 10005", "[card]"),
        ("2 items, 5555555555554444", "2 items, [card]"),
        ("5 4111 1111 1111 1111", "5 [card]"),
        ("4\u200b1111111\u200b11111111", "[card]"),
        ("٤١١١١١١١١١١١١١١١", "[card]"),
        ("card4111111111111111, Visa4111-1111-1111-1111", "card[card], Visa[card]"),
        ("我的卡4111111111111111被盗", "我的卡[card]被盗"),
        ("SSN 219-09-9999", "SSN [national id]"),
        ("CPF 529.982.247-25", "CPF [national id]"),
        ("cpf: 52998224725", "cpf: [national id]"),
        ("BSN 111222333", "BSN [national id]"),
        ("NI no. AB123456C", "NI no. [national id]"),
        ("DNI 12345678Z, NIE X1234567L", "DNI [national id], NIE [national id]"),
        ("RSSMRA85T10A562S", "[national id]"),
        ("from 192.168.10.17", "from [IP address]"),
        ("2001:db8:85a3::8a2e:370:7334", "[IP address]"),
    ],
)
def test_numbers_of_accounts_and_people_are_masked_where_their_check_digits_fit(written, shown):
    assert masked(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("@ana_silva thanks", "[handle] thanks"),
        (".@acme help", ".[handle] help"),
        ("RT @acme: hello", "RT [handle]: hello"),
        ("order 12345 is late", "order [order id] is late"),
        ("ORD-12345", "[order id]"),
        ("#12345", "[order id]"),
        ("case#8719519", "case#[order id]"),
        ("ticket no. 812", "ticket no. [order id]"),
        ("Bestellung 4711001", "Bestellung [order id]"),
        ("Bestellnummer: AB-4711", "Bestellnummer: [order id]"),
        ("pedido nº 123456", "pedido nº [order id]"),
        ("commande 998877", "commande [order id]"),
        ("booking reference X7K2LM", "booking reference [order id]"),
        ("conf# FVF9YW, record locator BSUXLU", "conf# [order id], record locator [order id]"),
        ("trip 314505529", "trip [order id]"),
        ("our reservation is MKWLKR.", "our reservation is [order id]."),
        ("tracking 1Z999AA10123456784", "tracking [order id]"),
        ("0162389030167", "[order id]"),
        ("https://shop.example/track?mail=ana", "[link]"),
        ("see https://user:pw@shop.example/, ok", "see [link], ok"),
        ("www.shop.example/orders/12345", "[link]"),
        ("instagram.com/ana", "[link]"),
        ("My name is Ana Silva and I wait", "My name is [name] and I wait"),
        ("Ich heiße Jürgen.", "Ich heiße [name]."),
        ("me llamo Ana", "me llamo [name]"),
        ("locator: KARAAX, name: Mitchell M Neuer", "locator: [order id], name: [name]"),
        (
            "Sehr geehrte Frau Schmidt,\nnein.\nLiebe Grüße\nJürgen",
            "Sehr geehrte Frau [name],\nnein.\nLiebe Grüße\n[name]",
        ),
        ("Prezado Sr. Souza, não.\nAtenciosamente,\nAna", "Prezado Sr. [name], não.\nAtenciosamente,\n[name]"),
        ("Dear Ms. Smith, no.", "Dear Ms. [name], no."),
        ("Dear Ana,\nno.\n\nKind regards,\nBen Stone", "Dear [name],\nno.\n\nKind regards,\n[name]"),
        ("Mr. O'Neill was kind", "Mr. [name] was kind"),
        ("I am Ben Stone from Ohio", "I am [name] from Ohio"),
    ],
)
def test_handles_ids_telling_links_and_announced_names_are_masked(written, shown):
    assert masked(written) == shown


@pytest.mark.parametrize(
    "plain",
    [
        "I paid 1.234,56 on 2026-11-22 at 10:30",
        "1,234.56 or 1 234 567 or 1.234.567 euros",
        "from 22.11.2026 to 24/12/26, 2019-2020",
        "room 1204, gate B22, seat 11A, flight UA 938 and UA1234",
        "4000 people, 20000 units, 12-14 days, sizes 34-36",
        "order 2 pizzas, I ordered 1000 and 2000 more",
        "order 20,000 units; order 12345 pieces",
        "in case 100 people come",
        "version 1.2.3.4, iOS 17.10.2.11, release 10.20.30.40",
        "meet @ 5pm, @5pm, 3 @ $5, @ home",
        "look at example dot com",
        "the booking.com page, https://shop.example/help/returns",
        "at 27.5/28 it fits, 39/28/35 140# 5'3\"",
        "the WH-1000XM4, ISO-9001, COVID-19, 4K, B2B, mp3",
        "score 10/10, 9/10, 100%, 24/7, 50-50",
        "4111 1111 1111 1112 is no card",  # the check digit does not fit
        "GB82 WEST and GB83WEST12345698765432 are no IBAN",
        "Dear Sir or Madam, dear team, Hi all, Thanks, I am very happy",
        "I am American, a Gold Member. Thanks. Followed.",
        "Beste Qualität, gerne wieder! Liebe Leute, Hallo Welt, Liebe Grüße",
        "Product name: Super Shoe. Hi Quality. Pan American, I Miss You!",
        "a::b, std::vector, 10:30:15",
        "i bought the ad-2600 because of the ability",
        "10, 20, 30, 40, 50, 60, 70, 80",
        "12.50 13.75 14.00 15.25 16.00",
        "#2014 #fail #1 <3333333333 99.99999999%",
        "not@my idea",
        "[e-mail] [order id]",
        "😀👍🏽 שלום مرحبا",
        "",
    ],
)
def test_what_only_looks_personal_stays(plain):
    assert masked(plain) == plain


@pytest.mark.parametrize(
    "written",
    [
        "7753ff4111111111111111d381e581f0671",
        "id_4111111111111111",
        "4111111111111111_x",
        "a_GB82WEST12345698765432 GB82WEST12345698765432_a",
        "1409.4111111111111111.TzBlankActor",
        "1409.2025550143.TzBlankActor",
        "1409.2025550143.99.TzBlankActor",
        "14.2025550143.ab 5d2025550143",
        "999-12345678-1",
    ],
)
def test_digits_within_a_longer_id_are_neither_a_card_nor_an_account_nor_a_phone_number(written):
    assert masked(written) == written


def test_nulls_stay_and_no_texts_stay_no_texts():
    assert masked(None) is None
    assert mask_texts(pl.Series([], dtype=pl.String)).to_list() == []
    assert mask(pl.Series(["fine", None])).counts == {}


def test_the_series_that_was_given_is_as_it_was():
    texts = pl.Series(["ana@example.com", "x"])
    mask_texts(texts)
    assert texts.to_list() == ["ana@example.com", "x"]


def test_what_was_masked_is_counted_by_kind():
    found = mask(pl.Series(["a@example.com b@example.com", "call 202-555-0143", None]))
    assert found.counts == {"e-mail": 2, "phone": 1}
    assert tell_masked(found.counts) == "2 e-mail addresses, 1 phone number"


def test_a_company_adds_patterns_and_keeps_what_is_its_own():
    own = Masking(order_ids=(r"\bXY\d{4}\b",), keep=frozenset({"@acme", "0800 123456"}))
    assert (
        masked("@Acme, it was XY1234; @ana call 0800 123456", own)
        == "@Acme, it was [order id]; [handle] call 0800 123456"
    )


def test_numbers_without_a_country_code_are_those_of_the_regions():
    assert masked("030 901820", Masking(regions=("US",))) == "030 901820"
    assert masked("030 901820", Masking(regions=("DE",))) == "[phone]"


def test_the_customers_own_name_is_masked_where_it_is_known():
    texts = pl.Series(["ana silva here, Ana was told", "will you ask Will?", "nothing", None])
    names = pl.Series(["Ana de Silva", "Will Stone", "Ben", "Eva"])
    assert mask_texts(texts, own_names=names).to_list() == [
        "[name] here, [name] was told",
        "will you ask [name]?",
        "nothing",
        None,
    ]


def test_names_are_found_by_whoever_can_find_them():
    class Knows:
        def find(self, text: str) -> list[tuple[int, int]]:
            return [found.span() for found in re.finditer("Maria", text)]

    assert masked("Maria knew, Mr. Jones not", Masking(names=Knows())) == "[name] knew, Mr. Jones not"
    assert masked("Mr. Jones", Masking(names=None)) == "Mr. Jones"


@pytest.mark.parametrize(
    ("pattern", "says"), [("(", "no regular expression"), ("[a-z ]+", "narrower"), (".*", "narrower")]
)
def test_a_pattern_that_cannot_be_used_is_told(pattern, says):
    assert says in fault_of_pattern(pattern)
    assert fault_of_pattern(r"AB-\d{6}") == ""


PIECES = """
order call me at my card is Ana Silva Dear Mr. regards, from 5 12 +49 030 case # @ . , - / ( ) x [phone] 4111 1111 DE89
3704 202-555-0143 @ana #12345 ana@example.com https://a.example/?b
"""
words = st.sampled_from([*PIECES.split(), "\n", "\u200b"])
scraps = st.lists(words, max_size=14).flatmap(lambda some: st.sampled_from([" ", ""]).map(lambda gap: gap.join(some)))


@settings(max_examples=200, deadline=None)
@given(st.lists(scraps | st.text(max_size=40), min_size=1, max_size=4))
def test_masking_twice_is_masking_once(texts):
    once = mask_texts(pl.Series(texts))
    assert mask_texts(once).to_list() == once.to_list()


@settings(max_examples=100, deadline=None)
@given(
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12),
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=12),
    scraps,
)
def test_no_email_address_survives(name, host, around):
    address = f"{name}@{host}.com"
    assert address not in (masked(f"{around} {address} {around}") or "")


def _with_check_digit(digits: str) -> str:
    return next(digits + last for last in "0123456789" if luhn(digits + last))


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789", min_size=14, max_size=14), st.sampled_from("3456"), st.sampled_from(["", " ", "-"]))
def test_no_card_number_survives(digits, first, mark):
    card = _with_check_digit(first + digits)
    shown = masked(f"paid by {mark.join(re.findall('.{4}', card))}, thanks")
    assert shown == "paid by [card], thanks"


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789", min_size=18, max_size=18), st.sampled_from(["", " "]))
def test_no_iban_survives(account, mark):
    check = 98 - int(f"{account}131400") % 97  # D is 13, E is 14
    iban = f"DE{check:02}{account}"
    assert masked(f"to {mark.join(re.findall('.{1,4}', iban))} please") == "to [IBAN] please"


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Nd", "No", "Nl", "Cs"], exclude_characters="@＠:/"), max_size=60))
def test_a_text_without_digits_and_signs_stays_but_for_announced_names(text):
    without_names = Masking(names=None, leave=frozenset({"e-mail"}))
    assert masked(text, without_names) == text


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "1", "1 ", "12-", "+1-", "@", "a@", "a@b.", "a.", "a (at) ", " at a", "order ", "order 1 ", "#", "Mr. "),
        *("1.2.", "4111 ", "DE89 ", "(", "www.", "call me at 5", "4\u200b", "regards,\n", "[e-mail] ", "x/", "::"),
    ],
)
def test_no_text_takes_long(piece):
    def took(length: int) -> float:
        text = pl.Series([(piece * length)[:length]])
        before = time.process_time()
        mask_texts(text)
        return time.process_time() - before

    took(1000)
    assert took(60_000) < 3, "60 kB take a tenth of a second; a pattern that looks again and again takes minutes"


def test_every_kind_has_a_word_that_is_not_masked_itself():
    placeholders = " ".join(f"[{kind}]" for kind in KINDS)
    assert masked(placeholders) == placeholders
