"""Documentation pages to facts, and facts of several pages to spec documents."""

from specwright.sources.pages.documents import Written, write_documents
from specwright.sources.pages.facts import Fact, Member, PageFacts, to_json
from specwright.sources.pages.from_spec import facts_of_spec
from specwright.sources.pages.merge import MODEL, Contradiction, Merged, merge
from specwright.sources.pages.reading import Read, read_page
from specwright.sources.pages.services import botocore_folder
from specwright.sources.pages.text import MAX_BYTES

__all__ = [
    "MAX_BYTES",
    "MODEL",
    "Contradiction",
    "Fact",
    "Member",
    "Merged",
    "PageFacts",
    "Read",
    "Written",
    "botocore_folder",
    "facts_of_spec",
    "merge",
    "read_page",
    "to_json",
    "write_documents",
]
