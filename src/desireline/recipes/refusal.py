"""Why a row was not taken. A refusal is kept with its source, row number, reason code and raw text."""

from __future__ import annotations

REASONS: dict[str, str] = {
    "wrong_cell_count": "The row has more or fewer cells than the header.",
    "unclosed_quote": "A quotation mark is opened and never closed.",
    "nul_byte": "The row holds NUL bytes.",
    "bad_encoding": "The row's bytes are not text in the file's encoding.",
    "line_too_long": "The row is longer than 8 MiB.",
    "bad_json": "The line is not a JSON object.",
    "blank_row": "The row has no content at all.",
    "no_customer": "There is no customer in the row.",
    "no_event": "There is no event name in the row.",
    "no_time": "There is no instant in the row.",
    "bad_time": "The instant cannot be read in the form that the recipe names.",
    "no_zone": "The instant has no offset and the recipe names no time zone.",
    "time_out_of_range": "The instant lies before 1900 or after 2200.",
    "bad_number": "A number cannot be read.",
    "bad_score": "The answer is neither on its scale nor a code for no answer.",
    "no_answer": "The row holds no answer and no text.",
    "unreadable_text": "The text was read in a wrong encoding and cannot be put right, and the row holds nothing else.",
    "no_speaker": "The text is a transcript, and who of its speakers is a customer cannot be told.",
    "no_id": "The record's own id is empty.",
    "no_partner": "No row of the other source refers to it, or it finds no partner there.",
    "no_record": "No event or answer of the recipe applies to the row.",
    "id_reused": "The same id came before with other content.",
}
