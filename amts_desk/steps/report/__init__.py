"""The report of an experiment: for the terminal, as a page, and as a table for other programs."""

from amts_desk.steps.report.frame import csv_text, frame, latex_text
from amts_desk.steps.report.page import html_report
from amts_desk.steps.report.terminal import text_table
from amts_desk.steps.report.wording import definition

__all__ = ["csv_text", "definition", "frame", "html_report", "latex_text", "text_table"]
