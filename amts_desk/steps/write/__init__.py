"""Write a chapter back: translated blocks are spliced into its text, and everything else stays as it is."""

from amts_desk.steps.write.splice import Written, spliced, written
from amts_desk.steps.write.style import LineStyle

__all__ = ["LineStyle", "Written", "spliced", "written"]
