"""What the keys of records and the headings of columns mean, whatever their spelling.

``interviewQuestion``, ``Interview Question`` and ``INTERVIEW_QUESTION:`` are one name.
"""

import re
import unicodedata
from enum import IntEnum, auto
from functools import lru_cache


class Means(IntEnum):
    """What stands under a name."""

    QUESTION = auto()
    ANSWER = auto()
    CONTEXT = auto()  # belongs to the question: a scenario, code that it is about
    CODE = auto()  # belongs to the question or to the answer
    MORE = auto()  # goes on with the answer: an explanation
    POINTS = auto()  # what a good answer has
    DESCRIPTION = auto()  # the answer where nothing else is, or goes on with a question that is only a title
    OPTIONS = auto()
    OPTION = auto()  # one of the options
    RIGHT = auto()  # which option is right
    FOLLOW_UPS = auto()
    STAGE = auto()
    TOPIC = auto()  # one word or more under which the question stands, maybe a stage
    TAGS = auto()  # several words
    NUMBER = auto()
    FEEDBACK = auto()
    SCORE = auto()
    RUBRIC = auto()  # one criterion of the rubric
    ROLE = auto()
    COMPANY = auto()
    DATE = auto()
    SPEAKER = auto()
    FURNITURE = auto()  # nothing for a person to practise: an id, a link, a time


#: The names of each meaning, the likeliest first.
_NAMES = {
    Means.QUESTION: "question questiontext interviewquestion questions q ques questionbody questiontitle questionname "
    "questioncontent questiondescription questionprompt questionstring interviewquestions quest frage "
    "pregunta pergunta domanda вопрос 问题 題目 题目 質問 질문 front prompt query instruction ask asked interviewer "
    "interviewersays aiquestion problemstatement problem task challenge userinput input human user patterns",
    Means.ANSWER: "answer answertext answers ans a modelanswer idealanswer sampleanswer expectedanswer suggestedanswer "
    "bestanswer exampleanswer referenceanswer goldanswer goldenanswer perfectanswer goodanswer "
    "stronganswer questionanswer correctanswertext recommendedanswer sampleresponse idealresponse modelresponse "
    "expectedresponse exampleresponse response responses reply replies answerbody answercontent "
    "answerdescription answermarkdown answerhtml shortanswer longanswer detailedanswer fullanswer "
    "solution solutions output completion back candidate candidateanswer candidateresponse interviewee "
    "intervieweeresponse useranswer userresponse youranswer myanswer transcriptanswer antwort respuesta "
    "resposta risposta ответ 答案 回答 답변 ai assistant gpt bot chosen acceptedanswer definition meaning",
    Means.CONTEXT: "scenario context passage questioncode questioncodeblock questioncodeblocks questionsnippet "
    "questiondetails questioncontext questionbodytext situationprompt casestudy",
    Means.CODE: "code codesnippet snippet codeexample codeblock codeblocks codesample answercode answercodeblock "
    "answercodeblocks solutioncode samplecode",
    Means.MORE: "explanation explanations explain rationale reasoning reason justification answerexplanation "
    "explanationtext detailedexplanation answerdetails example examples",
    Means.POINTS: "keypoints keypoint keyideas points expectedpoints expectedkeypoints idealanswerkeypoints goodtohear "
    "lookingfor whattolookfor expectedtopics mustmention mustinclude answerpoints talkingpoints "
    "keytakeaways keyconcepts badtohear redflags goodsigns badsigns commonmistakes greenflags "
    "expectedkeywords keywordsexpected",
    Means.DESCRIPTION: "description details detail body content text summary notes "
    "note value desc longdescription info "
    "message comment",
    Means.OPTIONS: "options choices alternatives answeroptions answerchoices possibleanswers variants optionlist "
    "multiplechoice multiplechoiceoptions",
    Means.RIGHT: "correctanswer correct correctoption correctanswers correctoptions rightanswer rightoption "
    "answerindex correctindex correctanswerindex correctoptionindex correctchoice answerkey key answerid "
    "correctanswerid correctoptionid iscorrect correctans",
    Means.FOLLOW_UPS: "followups followup followupquestions followupquestion subquestions subquestion probes "
    "probingquestions furtherquestions nestedquestions relatedfollowups possiblefollowups",
    Means.STAGE: "stage interviewstage phase round interviewround",
    Means.TOPIC: "category categories categoryname topic topics topicname type questiontype interviewtype section "
    "sectionname subject area domain theme subcategory subtopic group module chapter unit skill skills "
    "competency competencies technology tech language framework difficulty difficultylevel level "
    "questionlevel experiencelevel seniority questioncategory complexity kategorie kategoria categoría "
    "thema field",
    Means.TAGS: "tags tag keywords labels label hashtags companytags relatedtopics",
    Means.NUMBER: "number no num nr questionnumber questionno qno qnum questionid qid sno srno slno serialno "
    "serialnumber serial id index order position idx rank ordinal turn turnnumber turnindex",
    Means.FEEDBACK: "feedback evaluation evaluations review aifeedback interviewerfeedback assessment critique "
    "feedbacktext interviewernotes evaluatornotes remarks judgement judgment comments",
    Means.SCORE: "score scores rating ratings grade overallscore totalscore marksawarded",
    Means.RUBRIC: "clarity confidence technicaldepth",
    Means.ROLE: "role jobrole jobtitle position job targetrole roletitle jobposition",
    Means.COMPANY: "company companyname employer organisation organization companies",
    Means.DATE: "date interviewdate held heldon dateofinterview",
    Means.SPEAKER: "speaker speakername speakerlabel speakerid from author sender participant who",
    Means.FURNITURE: "uuid guid slug url urls link links source sources sourceurl "
    "reference references href image images "
    "imageurl img video videourl audio audiourl media file filename filepath path createdat updatedat "
    "created updated timestamp time start end duration timelimit expectedtime estimatedtime expertise "
    "version locale lang mid ord points marks weight frequency popularity votes upvotes downvotes views "
    "likes active enabled visible ispublished required status completed bookmarked starred color icon "
    "avatar flags modelid tokens wordcount license copyright isai aigenerated isaigenerated createdby "
    "updatedby userid sessionid interviewid",
}  # fmt: skip
#: Names that mean a question where nothing says so better, the likeliest first.
_WEAK_QUESTIONS = (
    "title text name content body description desc statement sentence header heading term concept topic "
    "label value summary  message line prompt"
)
_PLURALS = frozenset(("questions", "interviewquestions", "answers", "responses", "patterns", "replies", "solutions"))


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a key or heading as its letters and digits alone, in lower case, without what stands in brackets."""
    name = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", name[:200]) or name[:200]
    return "".join(sign for sign in unicodedata.normalize("NFKC", name).casefold() if sign.isalnum())


@lru_cache(maxsize=1)
def _meanings() -> dict[str, tuple[Means, int]]:
    found: dict[str, tuple[Means, int]] = {}
    for meaning, names in _NAMES.items():
        for rank, name in enumerate(names.split()):
            found.setdefault(name, (meaning, rank))
    # A multiple of meanings: the first one holds, but these.
    found["points"] = (Means.FURNITURE, 0)
    found["position"] = (Means.ROLE, 3)
    found["serialno"] = (Means.NUMBER, 8)
    return found


_WEAK_RANKS = {name: rank for rank, name in enumerate(_WEAK_QUESTIONS.split())}
_LETTERED = r"(?:options?|choices?|opt|ans|answer|answeroption|alternative|antwort)([a-h]|[1-8])"
_QUESTION_LIKE = (
    r"(?:interview|sample|technical|practice|exam|full|main|the)?"
    r"(?:question|frage)s?(?:s?text|body|title|prompt|en|asked|stem)?"
)
_ANSWER_LIKE = (
    r"(?:[a-z]*(?:model|ideal|sample|expected|suggested|example|reference|best|good|strong|perfect|detailed|short|full|your"
    r"|candidate|user|my|recorded|given|possible|proposed|star))?"
    r"(?:answer|response|reply|antwort)s?(?:text|body|content|given|s)?"
)


@lru_cache(maxsize=4096)
def meaning(name: str) -> Means | None:
    """Return what stands under a key or in a column of this name, None where the name says nothing."""
    plain = plain_name(name)
    if known := _meanings().get(plain):
        return known[0]
    if re.fullmatch(_LETTERED, plain) or (len(plain) == 1 and plain in "bcdefgh"):
        return Means.OPTION
    if re.fullmatch(_QUESTION_LIKE, plain):
        return Means.QUESTION
    if re.fullmatch(_ANSWER_LIKE, plain):
        return Means.ANSWER
    if not plain or (re.fullmatch(r"unnamed\d*|.*(?:id|url|link|links|at)", plain) and _is_id(name)):
        return Means.FURNITURE
    if re.fullmatch(r"(?:expected|ideal|model|sample|key|answer)+points", plain):
        return Means.POINTS
    if "followup" in plain:
        return Means.FOLLOW_UPS
    if plain.endswith(("category", "difficulty", "topic", "tags")):
        return Means.TAGS if plain.endswith("tags") else Means.TOPIC
    return None


def _is_id(name: str) -> bool:
    """Return whether the last word of a name is ``id``, ``url``, ``link`` or ``at`` rather than the end of a word."""
    last = r"(?:[_\s.-]|(?<=[a-z]))(?:Id|ID|Url|URL|At|Link|Links)$|(?:^|[_\s.-])(?:id|url|at|link|links)$"
    return plain_name(name).startswith("unnamed") or not plain_name(name) or re.search(last, name) is not None


@lru_cache(maxsize=4096)
def rank(name: str) -> int:
    """Return how likely a name of its meaning is the one that counts: the lowest first."""
    known = _meanings().get(plain_name(name))
    return known[1] if known else 500


@lru_cache(maxsize=4096)
def weak_question(name: str) -> int | None:
    """Return the rank of a name that may stand for a question where none says so, None for one that can't."""
    return _WEAK_RANKS.get(plain_name(name))


def is_plural(name: str) -> bool:
    """Return whether a name is that of several questions or answers."""
    return plain_name(name) in _PLURALS


@lru_cache(maxsize=4096)
def letter(name: str) -> str:
    """Return the letter of an option's name: ``Option B``, ``choice2`` and ``b`` are B; empty where it has none."""
    plain = plain_name(name)
    found = re.fullmatch(_LETTERED, plain)
    sign = found[1] if found else plain if len(plain) == 1 else ""
    if sign.isdecimal():
        return chr(ord("A") + int(sign) - 1)
    return sign.upper()


def readable(name: str) -> str:
    """Return a key as words: ``goodToHear`` and ``good_to_hear`` as "good to hear", ``Backend Engineer`` as it is."""
    name = name[:200]
    if " " not in name and re.search("[a-z][A-Z][a-z]", name):
        name = re.sub("(?<=[a-z])[A-Z](?=[a-z])", lambda found: f" {found[0].lower()}", name)
    return " ".join(re.sub(r"[_\s]+|(?<=\w)-(?=\w)", " ", name).split())
