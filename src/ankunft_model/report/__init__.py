"""The report: model, findings and pictures as one HTML page."""

from ankunft_model.report.page import to_html
from ankunft_model.report.pictures import diagram_for_report
from ankunft_model.report.subject import GapFigure, ItemCollections, Subject, subject_of

__all__ = ["GapFigure", "ItemCollections", "Subject", "diagram_for_report", "subject_of", "to_html"]
