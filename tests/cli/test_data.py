"""What a question about paths is asked of: options that contradict each other are told."""

import pytest

from desireline.cli.data import Data
from desireline.cli.voice import WrongOption
from desireline.pipeline.asked_moves import AskEdges


def test_a_time_that_ends_before_it_begins_is_told(tmp_path):
    with pytest.raises(WrongOption, match="lies before --from"):
        Data(workspace=tmp_path, since="2026-03-31", until="2026-03-01").ask(AskEdges(), quiet=True)


def test_a_property_cannot_be_two_things_at_once(tmp_path):
    with pytest.raises(WrongOption, match="cannot be both 'South' and 'North'"):
        Data(workspace=tmp_path, segment=["region=South", "region=North"]).ask(AskEdges(), quiet=True)
