"""How an answer is said, in the window's words: facts side by side, never a score."""

from PySide6.QtCore import QLocale, QObject

from interview_coach.comparison.delivery import Delivery, FactKind
from interview_coach.comparison.story import OFFERED, StoryPart, StoryParts
from interview_coach.ui.widgets.fact_row import ShownFact


class DeliveryWords(QObject):
    """Words for facts. An object, since plural forms are only found in calls of ``self.tr``."""

    def lengths(self, words: int, spoken: float, aim: tuple[int, int]) -> tuple[ShownFact, ...]:
        """Return how long an answer is: what is known before anything is looked for in it."""
        said = self.tr("about {0} s spoken (aim {1}–{2} s)").format(
            QLocale().toString(round(spoken)), QLocale().toString(aim[0]), QLocale().toString(aim[1])
        )
        return (
            ShownFact("words", self.tr("%n word(s)", "", words), (), ""),
            ShownFact("spoken", said, (), self.tr("Spoken time at your speaking rate, which Settings hold")),
        )

    def facts(self, delivery: Delivery, story: StoryParts | None, aim: tuple[int, int]) -> tuple[ShownFact, ...]:
        """Return the facts about an answer; what was not counted, or would say nothing, is left out."""
        shown = list(self.lengths(delivery.words, delivery.seconds, aim))
        for kind in (FactKind.HEDGES, FactKind.FILLERS):
            fact = delivery.fact(kind)
            if fact is not None:
                shown.append(ShownFact(kind.value, self._counted(kind, fact.count), fact.spans, self._meaning(kind)))
        own, others = delivery.fact(FactKind.I), delivery.fact(FactKind.WE)
        if own is not None and others is not None:
            text = self.tr("I {0} : we {1}").format(own.count, others.count)
            spans = tuple(sorted((*own.spans, *others.spans)))
            shown.append(ShownFact("i_we", text, spans, self.tr("Who did it: you, or a group")))
        for kind in (
            FactKind.FIGURES,
            FactKind.PASSIVE_OPENINGS,
            FactKind.LONGEST_SENTENCE,
            FactKind.REPEATED_PHRASES,
        ):
            fact = delivery.fact(kind)
            if fact is not None and (fact.count or kind is FactKind.FIGURES):
                shown.append(ShownFact(kind.value, self._counted(kind, fact.count), fact.spans, self._meaning(kind)))
        return (*shown, *(() if story is None else self._story(story)))

    def _counted(self, kind: FactKind, count: int) -> str:
        words = {
            FactKind.HEDGES: lambda: self.tr("%n hedge(s)", "", count) if count else self.tr("no hedges"),
            FactKind.FILLERS: lambda: self.tr("%n filler(s)", "", count) if count else self.tr("no fillers"),
            FactKind.FIGURES: lambda: self.tr("%n figure(s)", "", count) if count else self.tr("no figures"),
            FactKind.PASSIVE_OPENINGS: lambda: self.tr("%n passive opening(s)", "", count),
            FactKind.LONGEST_SENTENCE: lambda: self.tr("longest sentence: %n word(s)", "", count),
            FactKind.REPEATED_PHRASES: lambda: self.tr("%n repeated phrase(s)", "", count),
        }
        return words[kind]()

    def _meaning(self, kind: FactKind) -> str:
        return {
            FactKind.HEDGES: self.tr("Words that take a claim half back: maybe, I think, kind of"),
            FactKind.FILLERS: self.tr("Words without a meaning of their own: um, basically, you know"),
            FactKind.FIGURES: self.tr("Numbers that say how much, how many or how long"),
            FactKind.PASSIVE_OPENINGS: self.tr("Sentences that begin without saying who did it"),
            FactKind.LONGEST_SENTENCE: self.tr("A long sentence is hard to follow by ear"),
            FactKind.REPEATED_PHRASES: self.tr("The same three words or more, said again"),
        }[kind]

    def _story(self, story: StoryParts) -> tuple[ShownFact, ...]:
        parts = (
            (StoryPart.SITUATION, self.tr("situation"), story.situation),
            (StoryPart.TASK, self.tr("task"), story.task),
            (StoryPart.ACTION, self.tr("action"), story.action),
            (StoryPart.RESULT, self.tr("result"), story.result),
        )
        hint = self.tr("A hint: this sentence reads like it")
        return tuple(
            ShownFact(
                part.value,
                (self.tr("{0}: none seen") if span is None else self.tr("{0}: found here")).format(name),
                () if span is None else (span,),
                hint,
            )
            for part, name, span in parts
            if part in OFFERED
        )
