"""Languages are told by script, by the small words of English, else by the model; what cannot be told is "und"."""

import subprocess
import sys

import pytest

from desireline.text.languages import read_languages
from desireline.text.reader import UNTOLD

SENTENCES = {
    "en": (
        "The driver was friendly and the parcel came on time.",
        "I have been waiting for an answer since Monday",
        "Where can I change my delivery address?",
        "Not happy with the new app",
        "Great service, will order again!",
    ),
    "de": (
        "Die Lieferung kam drei Tage zu spät an.",
        "Sehr freundliche Mitarbeiter, gerne wieder!",
        "Leider funktioniert die App seit dem Update nicht mehr",
        "Wo kann ich meine Adresse ändern?",
        "Ich warte immer noch auf eine Antwort vom Kundendienst.",
    ),
    "fr": (
        "La livraison est arrivée avec trois jours de retard.",
        "Le personnel était très aimable, merci beaucoup !",
        "Je n'ai toujours pas reçu mon remboursement",
        "Où puis-je changer mon adresse de livraison ?",
        "Le site ne fonctionne plus depuis la mise à jour.",
    ),
    "es": (
        "El pedido llegó tres días tarde y estaba roto.",
        "Muy buena atención, los empleados fueron amables.",
        "Todavía estoy esperando una respuesta",
        "¿Dónde puedo cambiar mi dirección de envío?",
        "La aplicación no funciona desde la última actualización.",
    ),
    "pt": (
        "O pedido chegou com três dias de atraso e não veio completo.",
        "O atendimento foi muito bom, os funcionários são educados.",
        "Ainda não recebi o meu reembolso",
        "Onde posso mudar o meu endereço de entrega?",
        "O aplicativo não funciona mais desde a última atualização.",
    ),
    "it": (
        "La consegna è arrivata con tre giorni di ritardo.",
        "Il personale era molto gentile, grazie mille!",
        "Sto ancora aspettando una risposta dal servizio clienti",
        "Dove posso cambiare il mio indirizzo di consegna?",
        "Il sito non funziona più dopo l'ultimo aggiornamento.",
    ),
    "nl": (
        "De bezorging kwam drie dagen te laat aan.",
        "Het personeel was erg vriendelijk, dank jullie wel!",
        "Ik wacht nog steeds op een antwoord van de klantenservice",
        "Waar kan ik mijn adres wijzigen?",
        "De app werkt niet meer sinds de laatste update.",
    ),
    "pl": (
        "Przesyłka dotarła z trzydniowym opóźnieniem.",
        "Obsługa była bardzo miła, dziękuję!",
        "Nadal czekam na odpowiedź od działu obsługi klienta",
        "Gdzie mogę zmienić adres dostawy?",
        "Aplikacja nie działa od ostatniej aktualizacji.",
    ),
    "ru": (
        "Доставка опоздала на три дня.",
        "Очень вежливые сотрудники, спасибо большое!",
        "Я до сих пор жду ответа от службы поддержки",
        "Где я могу изменить адрес доставки?",
        "Приложение не работает после обновления.",
    ),
    "tr": (
        "Teslimat üç gün geç geldi.",
        "Çalışanlar çok kibardı, teşekkür ederim!",
        "Hâlâ müşteri hizmetlerinden cevap bekliyorum",
        "Teslimat adresimi nereden değiştirebilirim?",
        "Uygulama son güncellemeden beri çalışmıyor.",
    ),
    "ja": (
        "配達が三日遅れました。",
        "スタッフがとても親切でした。",
        "まだ返事を待っています",
        "住所はどこで変更できますか?",
        "アプリが動きません。",
    ),
    "zh": (
        "快递晚了三天才到。",
        "工作人员非常友好,谢谢!",
        "我还在等客服的答复",
        "在哪里可以修改地址?",
        "更新后应用无法使用。",
    ),
    "ar": ("وصل الطلب متأخرا ثلاثة أيام.", "الموظفون لطفاء جدا، شكرا لكم", "ما زلت أنتظر الرد من خدمة العملاء"),
    "he": ("המשלוח הגיע באיחור של שלושה ימים.", "השירות היה מצוין, תודה רבה"),
    "ko": ("배송이 사흘 늦게 도착했습니다.", "직원들이 정말 친절했어요"),
}


@pytest.mark.parametrize("language", SENTENCES)
def test_short_sentences_are_told_by_language_and_none_wrongly(language):
    told = [told for told in read_languages(SENTENCES[language]) if told != UNTOLD]
    assert told == [language] * len(told)
    assert len(told) >= len(SENTENCES[language]) - (language == "ru")  # "на три дня" is Bulgarian as well


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "😀😡",
        "12345",
        "!!!",
        "=1+1",
        "n/a",
        "None",
        "NaN",
        "A1B2",
        "@handle",
        "https://example.org/the/good",
        "die",
        "ok",
    ],
)
def test_what_says_too_little_has_no_language(text):
    assert read_languages([text]) == [UNTOLD]


@pytest.mark.parametrize(
    "text", ["Great!", "not good", "Broken", "thx", "#NeverAgain", "soooo good", "Excellent customer service"]
)
def test_a_word_that_only_english_has_is_enough(text):
    assert read_languages([text]) == ["en"]


def test_a_text_in_two_languages_has_that_of_its_greater_part():
    assert read_languages(
        [
            "Thank you! Leider ist das Paket beschädigt angekommen und niemand hat auf meine Nachricht geantwortet.",
            "The parcel came late and the box was broken. Danke für nichts.",
            "המשלוח הגיע באיחור, bad service",
        ]
    ) == ["de", "en", "he"]


def test_masks_handles_and_addresses_are_no_words():
    assert read_languages(["@the_one Bitte rufen Sie mich unter [phone] an, nicht per [email]. https://it.is/on"]) == [
        "de"
    ]


def test_each_text_is_told_by_itself():
    texts = [sentence for sentences in SENTENCES.values() for sentence in sentences]
    assert read_languages(texts[::-1]) == read_languages(texts)[::-1]
    assert read_languages(texts[:3] * 2) == read_languages(texts[:3]) * 2
    assert read_languages([]) == []


def test_the_model_is_not_loaded_for_plain_english():
    program = (
        "import sys; from desireline.text.fast import Fast; "
        "assert 'py3langid' not in sys.modules; "
        "Fast().read(['The service was good and the staff helped me.', '', '😀']); "
        "assert 'py3langid' not in sys.modules; "
        "Fast().read(['Die Lieferung kam zu spät']); assert 'py3langid' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
