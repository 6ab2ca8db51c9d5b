"""A web site of the test's own, and a web that may ask it."""

from collections.abc import Iterator

import pytest

from content.addresses import Allowed
from content.fetch import Fetcher, Manners
from content.web import Visits, Web
from tests.conftest import Storage
from tests.content.site import Site


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


@pytest.fixture
def web(site: Site, storage: Storage) -> Web:
    """The web with an empty library behind it, on each database; it waits for nobody."""
    manners = Manners(allowed=Allowed.read(site.place), sleep=lambda seconds: None)
    return Web(storage.library(), Visits(storage.engine()), Fetcher(manners))
