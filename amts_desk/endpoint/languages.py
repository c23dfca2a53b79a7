"""The languages of Amazon Translate, and a guess at the language of a text (`auto`).

Source: the Amazon Translate developer guide, "Supported languages and language codes".
"""

from __future__ import annotations

import re

from amts_desk.endpoint.errors import ApiError

_TABLE = """
af Afrikaans|sq Albanian|am Amharic|ar Arabic|hy Armenian|az Azerbaijani|bn Bengali|bs Bosnian|bg Bulgarian|ca Catalan
zh Chinese (Simplified)|zh-TW Chinese (Traditional)|hr Croatian|cs Czech|da Danish|fa-AF Dari|nl Dutch|en English
et Estonian|fa Farsi (Persian)|tl Filipino, Tagalog|fi Finnish|fr French|fr-CA French (Canada)|ka Georgian|de German
el Greek|gu Gujarati|ht Haitian Creole|ha Hausa|he Hebrew|hi Hindi|hu Hungarian|is Icelandic|id Indonesian|ga Irish
it Italian|ja Japanese|kn Kannada|kk Kazakh|ko Korean|lv Latvian|lt Lithuanian|mk Macedonian|ms Malay|ml Malayalam
mt Maltese|mr Marathi|mn Mongolian|no Norwegian|ps Pashto|pl Polish|pt Portuguese (Brazil)|pt-PT Portuguese (Portugal)
pa Punjabi|ro Romanian|ru Russian|sr Serbian|si Sinhala|sk Slovak|sl Slovenian|so Somali|es Spanish
es-MX Spanish (Mexico)|sw Swahili|sv Swedish|ta Tamil|te Telugu|th Thai|tr Turkish|uk Ukrainian|ur Urdu|uz Uzbek
vi Vietnamese|cy Welsh
"""
NAMES = {
    code: name
    for code, _, name in (entry.partition(" ") for line in _TABLE.split("\n") if line for entry in line.split("|"))
}
"""English name of each language by its code, without `auto`."""
_SPELLING = {code.lower(): code for code in NAMES}

_SCRIPTS = (("ja", re.compile("[ぁ-ヿ]")), ("ko", re.compile("[가-힣]")), ("zh", re.compile("[一-鿿]")))


def known(code: str) -> str | None:
    """Return the code in the spelling of the service, None when it is not one of its languages."""
    return _SPELLING.get(code.strip().lower())


def supported(code: str, source: str = "") -> None:
    """Raise ApiError (UnsupportedLanguagePairException) unless the service knows the target language `code`."""
    if code not in NAMES:
        pair = f"{source} to {code}" if source else code
        raise ApiError("UnsupportedLanguagePairException", f"Unsupported language pair: {pair}.")


def detected(text: str) -> str:
    """Return the likely language of a text, by its script: ja, ko, zh or en."""
    return next((code for code, script in _SCRIPTS if len(script.findall(text)) * 10 > len(text)), "en")
