"""Did it help: methods that estimate an effect, one per file, and the verdict that is drawn from them."""

from desireline.initiatives.verdicts.arms import Arms as Arms
from desireline.initiatives.verdicts.choose import Choice as Choice
from desireline.initiatives.verdicts.choose import choose as choose
from desireline.initiatives.verdicts.estimate import Needed as Needed
from desireline.initiatives.verdicts.estimate import Point as Point
from desireline.initiatives.verdicts.panel import Panel as Panel
from desireline.initiatives.verdicts.series import Series as Series
from desireline.initiatives.verdicts.target import Chosen as Chosen
from desireline.initiatives.verdicts.target import Plan as Plan
from desireline.initiatives.verdicts.target import Target as Target
from desireline.initiatives.verdicts.verdict import Verdict as Verdict
from desireline.initiatives.verdicts.verdict import judge as judge
from desireline.initiatives.verdicts.verdict import not_begun as not_begun
