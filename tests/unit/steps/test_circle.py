"""The full circle: a chapter goes out as Amazon's HTML, comes back, and keeps its structure in either language."""

import re
from collections import Counter
from dataclasses import dataclass

import pytest

from amts_desk.steps.align.aligner import align
from amts_desk.steps.align.links import Texts
from amts_desk.steps.interchange.job_html import came_back, to_html
from amts_desk.steps.read.files import read_file
from amts_desk.steps.write import LineStyle, spliced, written
from amts_desk.store.places import resource

_STRUCTURE = re.compile(
    r"^(?P<fence>```|~~~).*?^(?P=fence)|^(?P<heading>#+) |\$\$.+?\$\$"
    r"|^ {0,3}:(?:label|eqlabel|begin_tab|end_tab|width|height|bibliography):(?:`[^`\n]*`)?$|!\[(?=.*?\]\([^)]+\))"
    r"|(?<=\]\()[^()\s]+\.(?:svg|png|jpg)(?=\))|^ *[-*] |^ *\d+\. |^\|[-:| ]+\|$",
    re.DOTALL | re.MULTILINE,
)


def structure(text):
    """Return headings, code, display math, labels, tabs, figures, list and table marks, in order, without the prose."""
    return [match.group("heading") or match.group() for match in _STRUCTURE.finditer(text)]


def texts_of(document):
    return {block.block: block.text for block in document.blocks}


def there_and_back(document):
    """Return the document after a "translation" that changes nothing."""
    sources = texts_of(document)
    back = came_back(to_html(sources, document.language), sources)
    assert back.problems == ()
    assert back.texts == sources
    return spliced(document, back.texts).encode(document.encoding)


@dataclass(frozen=True)
class Paired:
    """The human texts of the blocks that pair one to one, and how many blocks of either side do not."""

    texts: dict[int, str]
    source_left: int
    target_left: int


def paired(source, target):
    """Return the human text of each block that pairs with one block: by order where kinds agree, else by alignment."""
    if [block.kind for block in source.blocks] == [block.kind for block in target.blocks]:
        return Paired(texts_of(target), 0, 0)
    (links,) = align([Texts(*(tuple(s.text for s in d.sentences) for d in (source, target)))], "en", "zh").links
    forward, backward = {}, {}
    for link in links:
        near = {source.sentences[i].block for i in link.source}
        far = {target.sentences[j].block for j in link.target}
        for n in near:
            forward.setdefault(n, set()).update(far)
        for f in far:
            backward.setdefault(f, set()).update(near)
    texts = {}
    for n, far in forward.items():
        (f,) = far if len(far) == 1 else (None,)
        if f is not None and backward[f] == {n} and source.blocks[n].kind is target.blocks[f].kind:
            texts[n] = target.blocks[f].text
    return Paired(texts, len(source.blocks) - len(texts), len(target.blocks) - len(texts))


def check_circle(english, chinese):
    """Check both circles for one article; return the pairing and what was refused."""
    source, target = read_file(english, "en"), read_file(chinese, "zh")
    assert there_and_back(source) == english.read_bytes()
    assert there_and_back(target) == chinese.read_bytes()
    found = paired(source, target)
    result = written(source, found.texts, LineStyle("zh"))
    assert structure(result.text) == structure(source.text)
    return found, result.refused


@pytest.mark.parametrize("name", sorted(path.stem for path in resource("sample").glob("en/*.md")))
def test_the_sample_book_goes_full_circle(name):
    found, refused = check_circle(resource("sample") / "en" / f"{name}.md", resource("sample") / "zh" / f"{name}.md")
    assert len(found.texts) > found.source_left
    assert refused == ()


def test_structure_is_told_apart():
    text = "# A\n:label:`a`\n\n![a](b.png)\n\n```\nc\n```\n\n$$d$$\n\n- e\n"
    assert structure(text) == ["#", ":label:`a`", "![", "b.png", "```\nc\n```", "$$d$$", "- "]
    assert structure(text.replace("d", "e")) != structure(text)


def articles(shared_data):
    return sorted(path for path in (shared_data / "d2l-amazon-drafts").iterdir() if path.is_dir())


def test_eighteen_articles_go_full_circle(shared_data):
    """Of their 586 English blocks 572 pair with one Chinese block; the human text has 30 that do not, mostly tabs."""
    counts = Counter()
    for folder in articles(shared_data):
        found, refused = check_circle(folder / "en.md", folder / "human.zh.md")
        assert refused == ()
        counts += Counter(articles=1, paired=len(found.texts), left=found.source_left, beyond=found.target_left)
    assert counts["articles"] == 18
    assert counts["paired"] >= 560
    assert counts["left"] <= 20
    assert counts["beyond"] <= 40


def test_eighteen_machine_drafts_go_out_and_back(shared_data):
    """Text that a machine damaged (spaces inside marks, half brackets) is carried as exactly as any other."""
    for folder in articles(shared_data):
        path = folder / "amazon.zh.md"
        assert there_and_back(read_file(path, "zh")) == path.read_bytes()
