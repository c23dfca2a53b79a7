"""Words whose full stop does not end a sentence, by language, and words that begin one.

Own lists, from reading; English and Spanish were read against the Dive into Deep Learning and Hugging Face chapters.
"""

from __future__ import annotations

import re

ENUMERATOR = re.compile(r"[(\s]*\d+(?:\.\d+)*")
"""The number in front of a heading or an item."""
REACH = 24
"""Characters before and behind a full stop that are looked at: longer than any abbreviation."""
_LATIN = "al approx ca cf Dr ed eds etc. fig Fig Inc Jr Mr Mrs No p pp Prof resp sec Sr St tab Tab vol Vol vs"
_WORDS = {
    "en": "Ch Eq Eqs Figs Ms Sec Secs Sra art cap eq",
    "es": "EE UU Sec Srta Sra Dra Ud Uds art arts cap caps ej eq núm pág págs sr sra ss",
    "fr": "apr av M MM Mme Mlle Me Mgr Pr art chap env éd ex hab janv févr juill sept oct nov déc n° par réf",
    "de": "Abb Abs Art Aufl Bd Bsp Bspw Fr Hr Hrsg Jh Kap Mio Mrd Nr S Str Tel Univ bspw bzgl bzw engl evtl exkl ggf "
    "h inkl insb jew lat max min o s sog u usf v vgl z zzgl",
    "pt": "Av Cap Eng Exa Exmo Ltda Sra Srta art cap ex núm pág págs séc",
    "tr": "Av s Doç Alm Ar Bkz Böl Çev Fr Haz Ing Şek Sn Yrd bkz böl çev dk haz örn sf şek vb vd yy",
    "vi": "GS PGS Th ThS TP TS BS KS Tr tr",
    "ko": "",
}
_BEFORE_NUMBER = frozenset({"No", "no", "Nr", "nr", "núm", "n°", "art", "Art"})
_LETTERS = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])*")
# Closed-class words: no name and no term begins with one, so a sentence does.
_STARTERS_BY_LANGUAGE = {
    "en": "According After All Although An And Because But By Each For From Hence Here How However If In It Its Let "
    "Note Now Our Since So Some That The Then There These They This Those Thus To We What When Where Which While With "
    "You Your",
    "es": "El La Los Las Un Una Es Esta Este Esto Estas Estos Pero Por Para Si Sin Cuando Entonces También Además",
    "fr": "Le Les Un Une Il Elle On Nous Vous Ce Cette Ces Mais Pour Dans Si Puis Ensuite Cependant",
    "de": "Der Die Das Ein Eine Es Wir Sie Er Dann Aber Und Wenn Dies Diese Dieser Danach Hier Man",
    "pt": "O Os As Um Uma Este Esta Isto Mas Para Se Quando Depois Também",
}
_STARTERS = {code: frozenset(words.split()) for code, words in _STARTERS_BY_LANGUAGE.items()}
_KNOWN = {code: frozenset(f"{_LATIN} {words}".split()) for code, words in _WORDS.items()}


def is_short_form(word: str, following: str, code: str) -> bool:
    """Whether the full stop behind `word` ends an abbreviation in the language `code`, not the sentence.

    `following` is the word behind it without opening marks. An initial (J. Smith) or a form like U.S. ends the
    sentence after all when a word follows that only begins sentences (vitamin C. Then).
    """
    if word in _BEFORE_NUMBER:
        return not following[:1].isalpha()
    if word in _KNOWN.get(code, _KNOWN["en"]):
        return True
    if not _LETTERS.fullmatch(word) or (len(word) == 1 and not word.isupper()):
        return False
    return word[-1].islower() or following.rstrip(",") not in _STARTERS.get(code, ())
