"""Pictures: any BPMN file with its diagram, drawn as SVG by the library itself."""

from ankunft_model.exports.svg.markup import fragment_id
from ankunft_model.exports.svg.palette import PICTURE_CLASS
from ankunft_model.exports.svg.picture import to_svg

__all__ = ["PICTURE_CLASS", "fragment_id", "to_svg"]
