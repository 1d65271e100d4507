"""Documentation pages to facts, and facts of several pages to spec documents."""

from specwright.sources.pages.facts import Fact, Member, PageFacts, to_json
from specwright.sources.pages.reading import Read, read_page
from specwright.sources.pages.text import MAX_BYTES

__all__ = ["MAX_BYTES", "Fact", "Member", "PageFacts", "Read", "read_page", "to_json"]
