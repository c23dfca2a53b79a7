r"""A formula as text: `$\mathbf{x}_{i} \in \mathbb{R}^d$` reads as 𝐱 would in a book, "x_i ∈ R^d".

Names of signs become the signs (Unicode, "Mathematical Operators"), names of letters the letters, commands about faces
and spacing go, and braces round a single sign go. What is not known stays as it stands: a formula is never guessed.
"""

from __future__ import annotations

import re


def _pairs(text: str) -> dict[str, str]:
    """Return every second word by the word before it."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LETTERS = _pairs(
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ "
    "lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ "
    "Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
)
_SIGNS = _pairs(
    "in ∈ notin ∉ times × cdot · div ÷ pm ± mp ∓ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ equiv ≡ sim ∼ propto "
    "∝ infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ to → rightarrow → leftarrow ← Rightarrow ⇒ Leftarrow ⇐ "
    "leftrightarrow ↔ mapsto ↦ forall ∀ exists ∃ cup ∪ cap ∩ subset ⊂ subseteq ⊆ emptyset ∅ ldots … cdots … "
    "dots … vdots ⋮ sqrt √ circ ∘ odot ⊙ oplus ⊕ otimes ⊗ mid | parallel ∥ perp ⊥ top ⊤ prime ′ ell ℓ langle ⟨ "
    "rangle ⟩ lVert ‖ rVert ‖ Vert ‖ lvert | rvert | vert | lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ land ∧ lor ∨ neg "
    "¬ star ⋆ ast ∗ dagger † gets ← iff ⇔ implies ⇒ colon :"
)
_NAMES = _words("log exp max min sin cos tan tanh arg argmax argmin lim sup inf det dim ker Pr ln mod softmax sigmoid")
_FACES = _words(
    "mathbf mathrm mathit mathsf mathtt mathcal mathbb mathfrak boldsymbol bm text textbf textit textrm mbox "
    "operatorname mathop displaystyle textstyle limits nolimits left right big Big bigl bigr Bigl Bigr quad "
    "qquad"
)
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307"}
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\s*\{([^{}]*)\}")
_ACCENT = re.compile(r"\\(?:wide)?(hat|bar|tilde|vec|dot)\s*(?:\{\s*(\w)\s*\}|(\w))")
_FRAME = re.compile(r"\\(?:begin|end)\{[A-Za-z]+\*?\}(?:\{[lcr|]+\})?")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
_ESCAPED = re.compile(r"\\([,;:!> ])|\\([{}%$#&_|])|(?<!\\)&")
_BREAK = re.compile(r"\s*\\\\(?:\[[^\]]*\])?")
_SINGLE = re.compile(r"\{\s*([^{}\s])\s*\}")
_GROUP = re.compile(r"([_^])\{([^{}]*)\}")
_BRACES = re.compile(r"\{([^{}]*)\}")
_DEEPEST = 8
"""Braces inside braces that are looked into; more stay as they stand."""
_KEPT = {"{": "\ue010", "}": "\ue011"}
"""What stands for a brace that is a sign of the formula until the others are gone."""


def spoken(marked: str) -> str:
    """Return what a formula between its marks ($…$, $$…$$, escaped brackets) says as one line of text."""
    text = _unmarked(marked)
    text = _FRAME.sub(" ", text)
    text = _BREAK.sub("; ", text)
    text = _ESCAPED.sub(_escape, text)
    for _ in range(_DEEPEST):
        before = text
        text = _FRACTION.sub(lambda m: f"{_whole(m[1])}/{_whole(m[2])}", text)
        text = _ROOT.sub(lambda m: f"√{_whole(m[1])}", text)
        text = _ACCENT.sub(lambda m: (m[2] or m[3]) + _ACCENTS[m[1]], text)
        text = _GROUP.sub(lambda m: m[1] + _whole(m[2]), text)
        text = _COMMAND.sub(_command, text)
        text = _SINGLE.sub(r"\1", text)
        if not any(waiting in text for waiting in ("frac", "sqrt", "_{", "^{")):
            text = _BRACES.sub(r"\1", text)
        if text == before:
            break
    for brace, kept in _KEPT.items():
        text = text.replace(kept, brace)
    return " ".join(text.split()) or marked


def _unmarked(marked: str) -> str:
    for opening, closing in (("$$", "$$"), ("$", "$"), ("\\\\(", "\\\\)"), ("\\(", "\\)")):
        if marked.startswith(opening) and marked.endswith(closing) and len(marked) > len(opening) + len(closing):
            return marked[len(opening) : -len(closing)]
    return marked


def _escape(match: re.Match[str]) -> str:
    if match[2]:
        return _KEPT.get(match[2], "‖" if match[2] == "|" else match[2])
    return " "


def _command(match: re.Match[str]) -> str:
    name = match[1]
    if name in _FACES:
        return ""
    if name in _NAMES:
        return f"{name} "
    return _LETTERS.get(name) or _SIGNS.get(name) or match[0]


def _whole(text: str) -> str:
    """Return a part of a formula, in brackets where it is more than one sign or name."""
    inner = text.strip()
    return inner if re.fullmatch(r"[^\W_]+[′*]?|[∞*⊤′]|[\d.]+", inner) else f"({inner})"
