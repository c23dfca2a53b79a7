"""Markdown chapters put together by hypothesis from pieces of which it is known what is text.

In a piece `@` stands for a word that must be read, and `KEEP` for what no block may hold.
"""

import re
from itertools import count

from hypothesis import strategies as st

PIECES = (
    "# @ @",
    "### @ #",
    "@ @\n===",
    "@\n---",
    "@ @\n@ @.",
    "@ @  \n@ @",
    "@ @\\\n@",
    "中@文，\n中@文。",
    "*@ @* **@\n@** `x < @` $y_@$ <b>@</b>",
    "@:numref:`@` [@](https://a.b/@?c=d_e) @\n:cite:`@`.",
    "- @\n- @\n  @",
    "* @\n\n* @",
    "1. @\n2. @\n   1. @\n   2. @",
    "- @\n    - @\n    - @\n\n  @\n- @",
    "+ @\n@ @",
    "-\t@\n\n\t@",
    "- [ ] @\n- [x] @",
    "> @\n> @",
    "> @\n@",
    "> - @\n> - @\n>   @",
    "> > @\n> > @\n>\n> @",
    "> # @\n>\n> ```\n> KEEP\n> ```\n>\n> @",
    "| @ | @ @ |\n|---|:-:|\n| @ | @ `a\\|b` |\n| @ | |",
    "@ | @\n--- | ---\n@ | @",
    "```python\nKEEP = 1\n\n# KEEP\n```",
    "~~~~\nKEEP\n~~~\nKEEP\n~~~~",
    "- @\n\n  ```\n  KEEP\n  ```\n\n  @",
    "- @\n\n  $$KEEP$$\n\n  @",
    "## @\n\n    KEEP = 1\n\n    KEEP",
    "## @\n\n\tKEEP",
    "$$KEEP = \\frac{KEEP}{2}$$",
    "$$\nKEEP\n\nKEEP_*a*_*\n$$",
    "@ @:\n$$\\begin{aligned}KEEP &= 1 \\\\\nKEEP &= 2\\end{aligned}$$\n@ @.",
    "@ @ $$KEEP$$ @ @",
    "@ @: $$\nKEEP = KEEP\n$$\n@ @",
    "$$KEEP$$ @ @\n@ @",
    "\\begin{align*}\nKEEP &= 1 \\\\\n\nKEEP &= 2\n\\end{align*}",
    "@ `$$` @ `![@](@)` @ <!-- KEEP --> @",
    "[![@](KEEP.png)](KEEP.org) @",
    "# @\n:label:`KEEP`\n\n@",
    "@ @\n:label:`KEEP`",
    "$$KEEP$$\n:eqlabel:`KEEP`",
    ":begin_tab:`KEEP`\n@ @\n:end_tab:",
    "![@ $@$](../img/KEEP.svg)\n:width:`400px`\n:label:`KEEP`",
    "@ ![@](KEEP_(1).png) @ ![](KEEP.png) @",
    "- ![@ [@] @](KEEP.png)",
    ':@ @\n\n| @ |\n|---|\n| ![@](KEEP.png "KEEP") |',
    "<!-- KEEP\n\nKEEP -->",
    '<div class="KEEP">\n@ @\n</div>',
    "<details>\n<summary>@ <b>@</b></summary>\n\n@ *@*\n\n</details>",
    '<p align="center">\n  <img src="KEEP" alt="KEEP">\n  @\n  @\n</p>',
    "<figure><img src=KEEP><figcaption>@</figcaption></figure>",
    "- @\n  <div>\n  @\n  @ $$KEEP$$ @\n  </div>",
    "> <center>@</center>\n>\n> @",
    "<script>\nKEEP\n\n# KEEP\n</script>",
    "<style>\nKEEP { }\n</style>\n\n<pre>\nKEEP\n\n    KEEP</pre>",
    "<div><pre>KEEP <b>KEEP</b></pre><code>@</code> @ <!-- KEEP --></div>",
    "@[^@] @.",
    "[^KEEP]: @ @\n    @",
    "[KEEP]: https://KEEP.org",
    "@ @\n: @ @\n  @\n: @",
    ":::KEEP @ @\n@\n:::\n@",
    "::: {.KEEP}\n@\n\n- @\n:::",
    "{{< KEEP >}}\n@ {{ KEPT }} @\n{% KEEP %}",
    "# @ @ {#KEEP}",
    "@\n{: .KEEP}",
    "$$KEEP$$ (KEEP)\n@",
    '!!! KEEP "@ *@*"\n\n    @ @\n    @\n\n    ```\n    KEEP\n    ```\n\n        KEEP\n\n    @',
    "!!! KEEP KEEP\n    @\n    @",
    '???+ KEEP "@"\n\n    - @\n    - @\n\n    !!! KEEP\n\n        @',
    '=== "@"\n\n    @\n\n=== "@"\n\n\t@',
    "- @\n\n    !!! KEEP\n\n        @\n\n- @",
    '> !!! KEEP "@"\n>\n>     @\n>     @',
    "!!! @, @",
    "\\[\nKEEP\n\\]",
    "@ @:\n\\[ KEEP^2 \\]\n@ \\(@_@\\) \\[@\\] @",
    "@ \\\\[KEEP = \\frac{KEEP}{2}\\\\] @",
    "> \\[\n> \\begin{KEEP}\n> \\end{KEEP}\n> \\]\n>\n> @",
    "[^KEEP]:\n    @ @\n    @\n\n    @",
    "[^KEEP]:\n\n\t@",
    "> <div>\n> @ @\n> @\n> </div>",
    "> ![@](KEEP.png)\n> @",
    "[TOC]",
    "***",
    "@\n\n* * *",
)
FRONT = ("---\ntitle: KEEP\n---", "+++\ntitle = 'KEEP'\n+++", '{\n"title": "KEEP"\n}')
LINE_ENDS = ("\n", "\r\n", "\r")


@st.composite
def chapters(draw):
    """Draw (text, the words that must be read, in order)."""
    pieces = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8))
    if draw(st.booleans()):
        pieces.insert(0, draw(st.sampled_from(FRONT)))
    words: list[str] = []
    numbers = count()

    def word(_):
        words.append(f"w{next(numbers)}w")
        return words[-1]

    text = re.sub("@", word, "\n\n".join(pieces)) + draw(st.sampled_from(["", "\n", "\n\n"]))
    end = draw(st.sampled_from(LINE_ENDS))
    return text.replace("\n", end), words
