"""Everything that can go wrong with documents, as one tree.

    ContentError                 anything below; its text is fit for a person to read
    ├── UnreadableDocument       a file or record that cannot become a document
    │   ├── TooLarge             over the size limit
    │   ├── NotText              binary, or in an encoding nobody can tell
    │   └── Malformed            right kind, wrong shape (a JSONL line, a front matter)
    ├── Unfetchable              an address that gives nothing
    │   ├── Refused              it may not be fetched, or asks not to be
    │   └── FetchFailed          it was tried, and why it failed
    ├── IndexUnwritable          the disk is full, or the index may not be written
    └── UnusableQuestion         empty, or far too long to be a question

"Nothing found" is not here: it is an answer (:class:`content.documents.NothingFound`), not an error.
"""


class ContentError(Exception):
    """Something about the documents went wrong."""


class UnreadableDocument(ContentError):
    """The file cannot be read as a document."""


class TooLarge(UnreadableDocument):
    """The file is over the size limit."""


class NotText(UnreadableDocument):
    """The file is not text."""


class Malformed(UnreadableDocument):
    """The file is not in the shape its name promises."""


class Unfetchable(ContentError):
    """Nothing was got from a web address."""


class Refused(Unfetchable):
    """The address may not be fetched."""


class FetchFailed(Unfetchable):
    """The address was tried in vain."""


class IndexUnwritable(ContentError):
    """The full-text index cannot be brought up to date; the documents themselves are stored."""


class UnusableQuestion(ContentError):
    """The question is empty or far too long."""
