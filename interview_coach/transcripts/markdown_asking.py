"""What a line of a question list says by itself: that it asks, that it answers, that it is an option or furniture."""

import re
from functools import lru_cache

from interview_coach.transcripts.markdown_text import without_decoration, without_number

SURE, MAYBE, NO = 1.0, 0.6, 0.0

_QUESTION_MARK = r"[?？؟](?:[\s)\]\"'”’*_`.!:…]|$)"
_LONGEST = 600
_SHORT = 100
_LABEL = 4
_VERB = (
    r"(?:is|are|was|were|am|do|does|did|can|could|would|should|will|shall|may|might|must|has|have|had|makes?|happens?|"
    r"kinds?|types?|many|much|long|often|far|else|exactly|methods?|features?|differences?|steps?|ways?|sort|causes?|"
    r"means?|problems?|advantages?|benefits?)"
)
_SURELY = (
    rf"(?i)(?:so,? |and |but |also |now |ok(?:ay)?,? |please |briefly |in (?:short|your own words),? )?(?:"
    rf"(?:what|which|how|why|when|where|who|whose|whom)(?:['’]s|['’]re|\s+{_VERB})\b"
    rf"|(?:how|when|where|which) (?:to|you|one)\b"
    rf"|(?:in|for|on|at|by|from|to|with|under) (?:which|what|whom)\b"
    rf"|(?:is|are|was|were|do|does|did|can|could|would|should|will|has|have|had|isn['’]t|aren['’]t|doesn['’]t) "
    rf"(?:it|there|you|we|a|an|the|they|he|she|this|that|your|any|I|\w+ (?:be|a|an|the|is|are|have|support|allow))\b"
    rf"|(?:explain|describe|discuss|define|compare|contrast|differentiate|distinguish|elaborate|illustrate|enumerate|"
    rf"tell (?:me|us)|walk (?:me|us)|talk (?:me |us )?(?:through|about)|give (?:me |us )?(?:an? |some |"
    rf"\d+ |one |two |three )"
    rf"|name (?:some|a|an|the|at least|\w+ \w+)|state the|mention|outline|summari[sz]e|justify|briefly)\b"
    rf"|(?:the )?differences? (?:between|of|in)\b|pros and cons\b|advantages (?:and|of|or)\b|true or false\b"
    rf"|tell (?:about|the difference)|explanation of\b|list (?:out |down )?(?:the|some|all|of|\w+ \w+)\b"
    rf"|let['’]?s (?:talk|discuss|say|assume)|suppose\b|imagine\b|share (?:a|an)\b|interview me\b)"
)
_PERHAPS = (
    r"(?i)(?:what|which|how|why|when|where|who|write|create|implement|design|make|build|find|calculate|compute|"
    r"convert|"
    r"reverse|check|print|remove|fix|refactor|solve|identify|demonstrate|show|draw|estimate|prove|complete|predict|"
    r"rewrite|generate|develop|add|merge|count|determine|detect|return|use|using|given|consider|assume|provide|code|"
    r"sort|flatten|group|swap|select|get|delete|update|query|list|name|give|state|recall|examples? of|types? of|"
    r"difference|understanding|about|do|does|is|are|can|could|would|should|will|have|has|did|if|you)\b"
    r"|\w[^.\n]{0,80}\bvs?\.?\s"
)
_OUTPUT = (
    r"(?i)\boutput|\bprint|\blogged|\bfollowing|\bthis (?:code|snippet|function|program|query|class|line|loop|script|"
    r"regex|expression|component|statement)|\b(?:code|snippet|example|function|query|program|schema)s? (?:below|above|"
    r"here)|\bbelow\b|\bsnippet|\bthese\b|\bresult\b|\bwrong with\b|\bwhat happens\b|\breturned by\b|"
    r"\bevaluate|\bgiven\b"
    r"|\bvalue of\b|\bwhich (?:one )?is (?:true|false|correct|valid)|\bbug\b|\bfix\b|\bmake this\b|:\s*$"
)
_ANSWER = (
    r"(?i)\W{0,6}(?P<word>(?:(?:the|a|short|long|quick|detailed|correct|right|sample|model|example|possible|suggested|"
    r"good|my|your|expected)\s){0,3}(?:answer|ans|solution|sol|response|a)s?)\s{0,2}(?:[#(]?\d{1,4}[)]?)?\s{0,2}"
    r"(?P<sign>:-|[:.–—-]|\)|$)(?P<space>\s*)"
)
_OPTION = r"\s*(?:[*_`]{0,2})[(\[]?([A-Ha-h])[.):\]–-]{1,2}(?:\s|$)"
_BOX = r"\[([ xX✓✔√])\](?:\s|$)|([☐☑☒✅⬜])\s"
_CONTENTS = (
    r"(?i)\W*(?:\d+\W+)?(?:table of (?:contents?|questions?)|(?:list of )?contents?|toc|index|contents? table|"
    r"jump to|navigation|overview of (?:the )?questions|quick links?)\W*"
)
_FURNITURE = (
    r"(?i)\W*(?:\d+\W+)?(?:licen[cs]e|contribut\w*|contributors?|how (?:to|can (?:i|you)) (?:contribute|help|"
    r"use (?:this|the) (?:repo|list|guide|project|document))\b.*|"
    r"acknowledge?ments?|credits?|support(?: us| me| this project)?|donat\w*|sponsors?|authors?|maintainers?|"
    r"star(?: (?:us|this|the)\b.*)?|"
    r"about(?: (?:me|us|this|the (?:repo\w*|project|author)).*)?|disclaimer|legend|related (?:\w+ ){0,3}"
    r"(?:questions|links|topics|repositories)|getting started|prerequisites|"
    r"resources?|references?|sources?|further reading|read more|learn more|see also|(?:useful|external|"
    r"important|helpful|reference) "
    r"(?:links|resources|references|reading)|additional (?:resources|reading|links|references)|links?|"
    r"follow (?:me|us)|"
    r"connect(?: with (?:me|us))?|contacts?(?: (?:me|us))?|change ?log|preface|foreword|thanks|special thanks|"
    r"downloading .*|download|community|stay (?:connected|tuned)|stargazers.*|translations?|disclaimers?|todo|to do|"
    r"where to (?:go|learn) (?:next|more)|what(?:['’]s| is) (?:in )?this (?:repo\w*|guide|document|list|project)\b.*|"
    r"why this (?:repo\w*|list|guide|project)\b.*|who (?:is|are) this .* for\b.*|table of content)\W*"
)
_SOURCES = (
    r"(?i)\W*(?:sources?|references?|resources?|useful (?:links|resources)|further reading|read more|"
    r"learn more|more info\w*|for more info\w*|see also|links?|additional (?:resources|reading|links))\W*"
)
#: Words of a summary that only says that the answer is in it, and those of which it must have one.
_REVEALING_LISTED = """
click tap press here me to for on the see show view reveal expand toggle open read check get display hide hidden
unhide spoiler correct possible sample suggested our my full detailed short model answer answers ans solution
solutions sol explanation explanations response responses hint hints details more and or with code output result a
this question your
"""
_REVEALING = frozenset(_REVEALING_LISTED.split())
_REVEALED_LISTED = """
answer answers ans solution solutions sol explanation response show reveal expand spoiler details hint
"""
_REVEALED = frozenset(_REVEALED_LISTED.split())
_TOP_LISTED = """
go jump return back to the top of page start toc contents table index menu home list questions up scroll next previous
prev
"""
_TOP = frozenset(_TOP_LISTED.split())
_SOURCE_WORDS_LISTED = """
source sources reference references ref refs credit credits read learn more info information for about this see also
link links documentation docs mdn further reading useful resource resources video article blog wiki wikipedia refrence
here at on the in from official topic detail details doc page
"""
_SOURCE_WORDS = frozenset(_SOURCE_WORDS_LISTED.split())
_GENERIC_LISTED = """
top the all most common popular frequently asked some general sample practice interview q a question questions answer
answers and with list of faq faqs quiz exercise exercises section part important more other
"""
_GENERIC = frozenset(_GENERIC_LISTED.split())
_ADDRESS = r"(?:https?://|www\.)\S+"
_ASKED_FOR = r"(?i)question|quiz|exercise|challenge|problem|task|interview|\bq\s?&\s?a\b|\bfaqs?\b|puzzle"


@lru_cache(maxsize=4096)
def asking(text: str) -> float:
    """Return how sure a text asks: SURE, MAYBE or NO."""
    bare = without_decoration(text[:_LONGEST])
    plain = without_number(bare)
    said = plain.text.strip(" *_\"'“‘")
    if re.search(_QUESTION_MARK, said):
        return SURE
    if (not said and plain.numbered and plain.marked) or (plain.marked and said):
        return SURE
    if said.endswith(":") and len(said.split()) < _LABEL:
        return NO
    if re.match(_SURELY, said):
        return SURE
    return MAYBE if re.match(_PERHAPS, said) else NO


def goes_with_code(text: str) -> bool:
    """Return whether a question is about the code that follows it."""
    return re.search(_OUTPUT, text) is not None


def answer_lead_in(text: str) -> int:
    """Return where the answer begins in a text that says "Answer:" first, -1 where it does not say so."""
    found = re.match(_ANSWER, text)
    if found is None:
        return -1
    short = found["word"].lower() in ("a", "sol", "ans")
    if not found["sign"]:
        return -1 if short and found["word"].lower() == "a" and text.strip() != "A" else found.end()
    if found["word"].lower() == "a" and found["sign"] not in (":", ":-"):
        return -1
    if found["sign"] in ("-", "–", "—", ")") and not found["space"] and found.end() < len(text):
        return -1
    return found.end()


def reveals(summary: str) -> bool:
    """Return whether the summary of ``<details>`` only says that the answer is in it."""
    said = _words(summary)
    return said <= _REVEALING and not said.isdisjoint(_REVEALED)


def option_letter(text: str) -> str | None:
    """Return the letter of an option of a multiple choice, None where the text is no such option."""
    found = re.match(_OPTION, text)
    return found[1].upper() if found else None


def ticked(text: str) -> bool | None:
    """Return whether a box at the beginning is ticked, None where there is no box."""
    found = re.match(_BOX, text)
    if found is None:
        return None
    return (found[1] or found[2]) not in (" ", "☐", "⬜")


def without_box(text: str) -> str:
    """Take the box from the beginning of an option."""
    found = re.match(_BOX, text)
    return text[found.end() :].strip() if found else text


def leads_back(text: str) -> bool:
    """Return whether a text only leads back to the top of the page."""
    return len(text) < _SHORT and _words(text) <= _TOP and any(map(str.isalpha, text))


def names_contents(heading: str) -> bool:
    """Return whether a heading announces a table of contents."""
    return len(heading) < _SHORT and re.fullmatch(_CONTENTS, without_decoration(heading)) is not None


def names_furniture(heading: str) -> bool:
    """Return whether the part under a heading is about the file, and asks nothing."""
    return len(heading) < _SHORT and re.fullmatch(_FURNITURE, without_decoration(heading)) is not None


def names_sources(text: str) -> bool:
    """Return whether a heading announces sources."""
    return len(text) < _SHORT and re.fullmatch(_SOURCES, text) is not None


def gives_source(text: str) -> bool:
    """Return whether a line says where something was read, and nothing else."""
    if len(text) > 4 * _SHORT:
        return False
    bare = re.sub(_ADDRESS, " ", text)
    return bool(text.strip()) and _words(bare) <= _SOURCE_WORDS and not re.search(r"\d", bare)


def is_address(text: str) -> bool:
    """Return whether a text is nothing but web addresses."""
    return len(text) < 20 * _SHORT and "://" in text and not _words(re.sub(_ADDRESS, " ", text))


def says_nothing(heading: str) -> bool:
    """Return whether a heading only says that questions follow."""
    said = {word for word in _words(heading) if not word.isdigit()}
    return len(heading) < _SHORT and said <= _GENERIC


def announces_questions(heading: str) -> bool:
    """Return whether a heading says that questions or exercises follow."""
    return re.search(_ASKED_FOR, heading) is not None


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
