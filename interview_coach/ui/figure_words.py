"""What pictures of progress say in words: short, plain, with how many answers it rests on."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QObject

from interview_coach.domain.models import Criterion
from interview_coach.domain.progress import FEWEST, LAST_NUMBER, Contrast, Mean, NumberedShare, Period
from interview_coach.services.figures import DayAhead, DayDone, DayFigures, StageFigures
from interview_coach.ui import moments
from interview_coach.ui.rating_words import criterion_title

#: So many days back are told as the last weeks.
LAST_DAYS = 28

#: A difference in ratings, and one in shares, from which on it is called one.
_TELLING_RATING, _TELLING_SHARE = 0.5, 0.05


class FigureWords(QObject):
    """Words for figures. An object, since plural forms are only found in calls of ``self.tr``."""

    def answers(self, count: int) -> str:
        """Return how many answers there are."""
        return self.tr("%Ln answer(s)", "", count)

    def number(self, value: float) -> str:
        """Return a mean as people write it, with one place."""
        return QLocale().toString(value, "f", 1)

    def percent(self, share: float) -> str:
        """Return a share as so many of a hundred."""
        return self.tr("{0}\u00a0%").format(QLocale().toString(round(share * 100)))

    def time(self, begin: date, period: Period) -> str:
        """Return the words of a part of the time."""
        match period:
            case Period.WEEK:
                return self.tr("week of {0}").format(self.short_day(begin))
            case Period.MONTH:
                return self._written(begin, "MMM yyyy")
        return self.short_day(begin)

    def short_time(self, begin: date, period: Period) -> str:
        """Return the same for an axis."""
        return self._written(begin, "MMM yyyy") if period is Period.MONTH else self.short_day(begin)

    @staticmethod
    def _written(day: date, form: str) -> str:
        return QLocale().toString(QDate(day.year, day.month, day.day), form)

    def short_day(self, day: date) -> str:
        """Return a day without its year."""
        return self._written(day, "d MMM")

    # --- what was done, and what comes

    def day_done(self, done: DayDone) -> str:
        """Return what was done on a day."""
        return self.tr("{0}: {1}, about {2}").format(
            moments.day(done.day), self.answers(len(done.attempt_ids)), self.minutes(done.seconds)
        )

    def minutes(self, seconds: float) -> str:
        """Return about how many minutes something takes."""
        return self.tr("%Ln minute(s)", "", max(round(seconds / 60), 1 if seconds else 0))

    def calendar(self, figures: DayFigures) -> str:
        """Return how much was done, in all and lately."""
        since = figures.day - timedelta(days=LAST_DAYS - 1)
        lately = [done for done in figures.days if done.day >= since]
        all_of_it = self.tr("{0} since {1}.").format(self.answers(figures.answers), moments.day(figures.days[0].day))
        if not lately:
            return "\n".join((all_of_it, self.tr("None in the last four weeks.")))
        number = sum(len(done.attempt_ids) for done in lately)
        recent = self.tr("In the last four weeks {0}, on %Ln day(s).", "", len(lately)).format(self.answers(number))
        return "\n".join((all_of_it, recent))

    def day_ahead(self, ahead: DayAhead, today: date) -> str:
        """Return how many questions come back on a day."""
        when = self.tr("due today") if ahead.day == today else self.tr("due on {0}").format(moments.day(ahead.day))
        return self.tr("%Ln question(s) {0}", "", len(ahead.attempt_ids)).format(when)

    def today_offers(self, due: str, offered: int) -> str:
        """Return that not all of what is due is offered today."""
        return self.tr("{0}; the bar shows what your minutes hold: {1}").format(due, QLocale().toString(offered))

    def coming(self, figures: DayFigures, offered: int) -> str:
        """Return how much comes back in the next four weeks; so many are ``offered`` today."""
        today = sum(len(ahead.attempt_ids) for ahead in figures.ahead if ahead.day == figures.day)
        ahead = sum(len(ahead.attempt_ids) for ahead in figures.ahead) - today
        lines = []
        if today:
            lines.append(self.tr("%Ln question(s) due today.", "", today))
        if today > offered:
            lines.append(self.tr("Your minutes hold %Ln of them; the others can wait.", "", offered))
        lines.append(
            self.tr("%Ln more in the next four weeks.", "", ahead)
            if ahead
            else self.tr("Nothing more comes back in the next four weeks.")
        )
        if figures.later:
            lines.append(self.tr("%Ln later.", "", len(figures.later)))
        return "\n".join(lines)

    def planned(self, day: date, questions: int, seconds: float) -> str:
        """Return what a day of the plan holds."""
        held = self.tr("%Ln question(s)", "", questions)
        return self.tr("{0}: planned are {1}, about {2}").format(moments.day(day), held, self.minutes(seconds))

    def plan(self, done: float, days: int, ahead: float, minutes_a_day: int, interview: date, left: int) -> str:
        """Return what was done of what the minutes ask for, and what is ahead; times in seconds."""
        return "\n".join(
            (
                self.tr(
                    "In the last %Ln days you practised for about {0}; {1} minutes a day are {2}.", "", days
                ).format(
                    self.minutes(done), QLocale().toString(minutes_a_day), self.minutes(minutes_a_day * 60 * days)
                ),
                self.tr("Until {0} (%Ln day(s)) about {1} are planned.", "", left).format(
                    moments.day(interview), self.minutes(ahead)
                ),
                self.tr("A day that was missed is spread over those that are left."),
            )
        )

    # --- ratings

    def mean(self, name: str, mean: Mean, period: Period) -> str:
        """Return a mean over a part of the time."""
        return self.tr("{0}, {1}: {2} ({3})").format(
            name, self.time(mean.begin, period), self.number(mean.value), self.answers(len(mean.attempt_ids))
        )

    def ratings(self, figures: StageFigures, period: Period) -> str:
        """Return where the own first ratings began and where they are."""
        lines = []
        for criterion in Criterion:
            means = figures.ratings[criterion]
            if len(means) > 1:
                lines.append(self._from_to(criterion_title(criterion), means, period))
            elif means:
                lines.append(
                    self.tr("{0}: {1}").format(criterion_title(criterion), self.number(means[0].value))
                    + f" ({self.answers(len(means[0].attempt_ids))})"
                )
        lines.append(self._each(period))
        return "\n".join(lines)

    def _from_to(self, name: str, means: Sequence[Mean], period: Period) -> str:
        first, last = means[0], means[-1]
        return self.tr("{0}: {1} in {2}, {3} in {4}").format(
            name,
            self.number(first.value),
            self.short_time(first.begin, period),
            self.number(last.value),
            self.short_time(last.begin, period),
        )

    def _each(self, period: Period) -> str:
        return {
            Period.DAY: self.tr("Each point is the mean of a day."),
            Period.WEEK: self.tr("Each point is the mean of a week."),
            Period.MONTH: self.tr("Each point is the mean of a month."),
        }[period]

    def too_few(self, count: int) -> str:
        """Return that nothing is said of so few answers."""
        return self.tr("%Ln answer(s): too few to say anything", "", count)

    def two_looks(self, name: str, before: str, after: str, answers: int) -> str:
        """Return a first rating and a second look in words."""
        return self.tr("{0}: {1} at first, {2} after looking ({3})").format(name, before, after, self.answers(answers))

    def rating_and_points(self, name: str, before: str, after: str, answers: int) -> str:
        """Return a first rating and the share of points said in words."""
        return self.tr("{0}: rated {1}, points said {2} ({3})").format(name, before, after, self.answers(answers))

    def looks(self, figures: StageFigures) -> str:
        """Return how the second look differs from the first rating."""
        lines = []
        for criterion, contrast in figures.looks.items():
            difference = contrast.difference
            if difference is None:
                continue
            by = self.number(abs(difference))
            if abs(difference) < _TELLING_RATING:
                words = self.tr("{0}: about the same after looking")
            elif difference < 0:
                words = self.tr("{0}: {1} lower after looking")
            else:
                words = self.tr("{0}: {1} higher after looking")
            lines.append(words.format(criterion_title(criterion), by))
        if not lines:
            return self.tr(
                "This begins with %Ln answers that you rated twice: before the recorded answer, and after.", "", FEWEST
            )
        lines.append(self.tr("The same answers, rated by you before and after you saw the recorded one."))
        return "\n".join(lines)

    def against_points(self, stages: Sequence[tuple[str, Contrast]]) -> str:
        """Return in which stages the own rating lies above or below the share of points said."""
        higher: list[str] = []
        lower: list[str] = []
        alike: list[str] = []
        for name, contrast in stages:
            difference = contrast.difference
            if difference is None:
                continue
            near = abs(difference) < _TELLING_SHARE
            (alike if near else higher if difference < 0 else lower).append(name)
        told = (
            (higher, self.tr("You rate yourself higher than the points you ticked: {0}.")),
            (lower, self.tr("You rate yourself lower than the points you ticked: {0}.")),
            (alike, self.tr("Rating and points about agree: {0}.")),
        )
        lines = [words.format(", ".join(names)) for names, words in told if names]
        if not lines:
            return self.tr("This begins with %Ln answers that you rated and whose points you ticked.", "", FEWEST)
        lines.append(self.tr("A rating of 6 stands at 60 %. A point that was partly said counts half."))
        return "\n".join(lines)

    # --- points over attempts

    def attempt_number(self, number: int) -> str:
        """Return which attempt at a question it is."""
        words = QLocale().toString(number)
        return self.tr("{0} and later").format(words) if number == LAST_NUMBER else words

    def share(self, share: NumberedShare) -> str:
        """Return how many of the points were said at the attempts of one number."""
        return self.tr("Attempt {0}: {1} of the points ({2})").format(
            self.attempt_number(share.number), self.percent(share.share), self.answers(len(share.attempt_ids))
        )

    def again(self, figures: StageFigures) -> str:
        """Return how the same questions went at first and at last."""
        lines = []
        again = figures.again
        if again.before is None or again.after is None:
            lines.append(self.tr("On %Ln question(s) you ticked points more than once.", "", again.count))
        else:
            lines.append(
                self.tr(
                    "On the %Ln question(s) that you answered again: {0} at first, {1} at last.", "", again.count
                ).format(self.percent(again.before), self.percent(again.after))
            )
        lines.append(self.tr("The bars are of different questions: those that went badly come again more often."))
        return "\n".join(lines)

    def delivery(self, name: str, means: Sequence[Mean], period: Period, answers: int) -> str:
        """Return where a fact of delivery began and where it is."""
        lines = []
        if len(means) > 1:
            lines.append(self._from_to(name, means, period))
        elif means:
            lines.append(self.tr("{0}: {1}").format(name, self.number(means[0].value)))
        lines.append(self._each(period))
        lines.append(self.tr("Counted in your newest %Ln answer(s); it is no score.", "", answers))
        return "\n".join(lines)
