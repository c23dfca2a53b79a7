"""English forms that no stemmer leads back to their base form: "went" is a form of "go", "children" of "child"."""

from __future__ import annotations

_FORMS = """
be am is are was were been being; have has had; do does did done; go goes went gone; say said; make made; take took
taken; come came; see saw seen; know knew known; get got gotten; give gave given; find found; think thought; tell told;
become became; leave left; feel felt; bring brought; begin began begun; keep kept; hold held; write wrote written;
stand stood; hear heard; mean meant; meet met; run ran; pay paid; sit sat; speak spoke spoken; lie lay lain; lead led;
grow grew grown; lose lost; fall fell fallen; send sent; build built; understand understood; draw drew drawn; break
broke broken; spend spent; rise rose risen; drive drove driven; buy bought; wear wore worn; choose chose chosen; throw
threw thrown; catch caught; deal dealt; win won; forget forgot forgotten; eat ate eaten; teach taught; fight fought;
fly flew flown; sell sold; seek sought; sing sang sung; drink drank drunk; ride rode ridden; shake shook shaken; swim
swam swum; hide hid hidden; strike struck stricken; hang hung; sleep slept; steal stole stolen; tear tore torn; wake
woke woken; bite bit bitten; blow blew blown; freeze froze frozen; dig dug; shine shone; shoot shot; stick stuck;
swear swore sworn; sweep swept; swing swung; bend bent; lend lent; bind bound; breed bred; feed fed; flee fled; kneel
knelt; lay laid; slide slid; spin spun; spring sprang sprung; sink sank sunk;
ring rang rung; shrink shrank shrunk;
weep wept; wind wound; creep crept; cling clung; fling flung; sting stung; weave wove woven; bear bore borne; forgive
forgave forgiven; foresee foresaw foreseen; overcome overcame; undertake undertook undertaken; withdraw withdrew
withdrawn; mistake mistook mistaken; arise arose arisen; awake awoke awoken; bleed bled; sew sewn; sow
sown; show shown; prove proven; light lit; dream dreamt; learn learnt; burn burnt; spell spelt; smell smelt; leap
leapt; lean leant; man men; woman women; child children; foot feet; tooth teeth; mouse mice; goose geese; person
people; life lives; wife wives; knife knives; leaf leaves; half halves; self selves; shelf shelves; wolf wolves; thief
thieves; bad worse worst; matrix matrices; index indices; vertex vertices; criterion criteria;
phenomenon phenomena; axis axes; basis bases; hypothesis hypotheses; analysis analyses
"""
_BASES = {form: base for base, *forms in map(str.split, _FORMS.split(";")) for form in forms}


def base_form(word: str) -> str:
    """Return the base form of an irregular English form in lower case; the word itself when it is regular."""
    return _BASES.get(word, word)
