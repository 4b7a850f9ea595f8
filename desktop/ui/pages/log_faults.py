"""Everything that keeps a request from being logged, said in one press: above the form and at each place."""

from desktop.ui.pages.log_papers import PapersCard
from desktop.ui.pages.log_questions import QuestionsCard
from desktop.ui.pages.log_roles import RolesCard
from desktop.ui.pages.log_who import WhoCard
from desktop.ui.widgets.faults import Fault, FaultSummary


class LogFaults(FaultSummary):
    """The summary above the cards of the log page."""

    def stand_in_the_way(
        self, who: WhoCard, roles: RolesCard, questions: QuestionsCard, papers: PapersCard, *, alone: bool
    ) -> bool:
        """Take what is being typed and say what keeps the form from being logged; tell whether anything does.

        Said along with it are the questions still open, which keep nothing back by themselves, and a guardian who is
        missing, where nobody says why the minor may act `alone`: of that by itself the refusal says more.
        """
        unfit = [Fault(who, who.fault_words, who.focus_first)] if who.is_unfit else []
        named, told, handed = roles.faults(), questions.faults(), papers.faults()
        found = bool(unfit or named or told or handed)
        if found:
            guardian = [] if alone else roles.missing_guardian()
            in_the_way = [*unfit, *named, *guardian, *told, *handed]
            only = in_the_way[0] if len(in_the_way) == 1 else None
            self.say_faults([*unfit, *named, *guardian, *told, *questions.open_ones(), *handed], straight_to=only)
        else:
            self.clear()
        return found
