"""Suggesting a recipe from samples: every role with its reason, and a question wherever a guess could be wrong.

profile     what each column looks like          keys       how sources hang together
names       what columns are usually called      table      the shape that all tables share
figures     numbers as people write them         money      in which currency amounts are
happened    which column says what happened
events, answers, lists                           a table of each kind
personal    what is left out, because it tells a person
study       reasons and questions gathered       yaml       the recipe as a file, with its reasons
"""

from desireline.recipes.suggest.study import Question, Reason
from desireline.recipes.suggest.suggestion import Preview, Suggestion, name_sources, suggest, to_yaml

__all__ = ["Preview", "Question", "Reason", "Suggestion", "name_sources", "suggest", "to_yaml"]
