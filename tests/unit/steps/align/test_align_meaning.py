import sys
from types import SimpleNamespace

import numpy as np
import pytest

from amts_desk.core.errors import Cancelled, DeskError
from amts_desk.steps.align import encoders
from amts_desk.steps.align.aligner import align
from amts_desk.steps.align.band import whole, windows
from amts_desk.steps.align.links import Texts
from amts_desk.steps.align.meaning import likeness, vectors

PLAIN = (
    "One two three four.",
    "Five six seven.",
    "Eight nine ten, and a good deal more in a sentence that goes on and on.",
    "Eleven twelve.",
    "The end of it.",
)
OTHER = ("Yksi kaksi kolme.", "Viisi kuusi seitsemän.", "Yksitoista kaksitoista.", "Se on loppu.")


class Known:
    """An encoder that knows which sentences mean the same."""

    order = ((0, 1, 2, 3, 4), (0, 1, 3, 4))

    def encode(self, texts, language):
        side = PLAIN if language == "en" else OTHER
        return np.eye(8, dtype=np.float32)[[self.order[side is OTHER][side.index(text)] for text in texts]] + 0.3


def test_encoder_decides_where_words_say_nothing():
    shuffled = Texts(PLAIN, (*OTHER[2:], *OTHER[:2]))  # only the last two have a partner in order
    told = align([shuffled], "en", "vi", encoder=Known()).links[0]
    assert [(link.source, link.target) for link in told if link.source and link.target][:2] == [
        ((0,), (2,)),
        ((1,), (3,)),
    ]
    guessed = align([shuffled], "en", "vi", encoder=Known(), use_encoder=False).links[0]
    assert ((0,), (2,)) not in [(link.source, link.target) for link in guessed]


def test_likeness_is_largest_where_the_meaning_is():
    given = vectors(Known(), PLAIN, "en", lambda: None)
    made = vectors(Known(), OTHER, "vi", lambda: None)
    targets, _ = windows(whole(5, 4))
    found = likeness(given, made, targets)[:, 0].reshape(5, 4)
    assert found.argmax(axis=1)[[0, 1, 3, 4]].tolist() == [0, 1, 2, 3]
    assert found[2].max() < 0 < found[0, 0]


def test_encoding_can_be_stopped():
    def stop():
        raise Cancelled

    with pytest.raises(Cancelled):
        vectors(Known(), PLAIN, "en", stop)


def test_encoder_of_the_program_knows_a_translation():
    assert encoders.usual("en", "vi") is None
    encoder = encoders.usual("de", "fr")
    german = vectors(
        encoder, ["Der Hund schläft.", "Die Bank ist geschlossen.", "Wir steigen auf den Berg."], "de", int
    )
    french = vectors(encoder, ["La banque est fermée.", "Nous gravissons la montagne.", "Le chien dort."], "fr", int)
    assert (german @ french.T).argmax(axis=1).tolist() == [2, 0, 1]


def test_named_encoder_needs_its_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(DeskError, match="LaBSE needs the package sentence-transformers"):
        encoders.Transformer("LaBSE")


def test_named_encoder_is_loaded_by_its_package(monkeypatch):
    loaded = []

    class Model:
        def __init__(self, name):
            loaded.append(name)
            if name == "nowhere":
                raise OSError("no such model")

        def encode(self, texts, show_progress_bar):
            return [[float(len(text)), 1.0] for text in texts]

    monkeypatch.setitem(sys.modules, "sentence_transformers", SimpleNamespace(SentenceTransformer=Model))
    assert encoders.Transformer("LaBSE").encode(["ab", "abc"], "en").tolist() == [[2, 1], [3, 1]]
    with pytest.raises(DeskError, match="nowhere cannot be loaded: no such model"):
        encoders.Transformer("nowhere")
    assert loaded == ["LaBSE", "nowhere"]
