"""Which part of an interview a question belongs to, where the file does not say, and what a heading calls it.

A guess from the words alone; the person sees that it is one and can change it.
"""

import re
from functools import cache

from interview_coach.domain.models import BEHAVIORAL, KNOWN_STAGES, MANAGERIAL, TECHNICAL

INTRO, HR, WRAP_UP = "INTRO", "HR", "WRAP-UP"

#: Only the beginning of a question is judged: what follows is its code, or a whole problem.
_JUDGED = 2_000

# What only one part of an interview asks, however technical its words are: one phrase a line, from the beginning of a
# word on, in lower case. The first stage that fits decides.
_WRAP_UP = r"""
questions? (?:do you have |you have |you may have |you(?:'d| would) like to ask )?(?:for|of|to ask) (?:me|us|our)\b
questions? (?:do you have |you have )(?:for|about) (?:the|this|[a-z]+ [a-z]+)\b
(?:do|did|would) you have any (?:other |more |further |final )?questions\b
any (?:other |more |further |final |last )?questions\??\s*$
anything (?:that |which )?(?:you(?:'d| would)? (?:like|want|wish)|we (?:haven't|have not|didn't|did not|should))\b
anything (?:else|more)\b
what (?:questions|would you like to (?:ask|know))\b
(?:to|we|let's) wrap (?:this |things |it )?up\b
before we (?:wrap|finish|end|close|conclude)\b
(?:final|last) (?:questions?|thoughts|words|remarks)\b
closing (?:thoughts|remarks|statement)\b
would you like to add\b
in closing\b
as we (?:conclude|wrap|close)\b
"""
_INTRO = r"""
tell (?:me|us) (?:a (?:little|bit)(?: bit)? |something |more |a little more )?about (?:yourself|who you are)\b
(?:about|through) your (?:professional |educational |academic )?(?:background|journey|self|career|path)\b
introduce (?:yourself|your self)\b
self[- ]introduction\b
describe yourself\b
elevator pitch\b
(?:through|of) (?:your )?(?:resum|résum|cv\b|c\.v\.|work history)
(?:your) (?:professional |educational |academic )?background\b
who are you\b
how are you\b
how did you (?:first )?(?:get|come|end up|become)\b.{0,30}\b(?:start|into|interested|engineer|develop|programm)
what (?:first )?(?:inspired|drew|led|attracted|brought|got|made) you to (?:pursue|become|choose|study|get|start)
what (?:first )?(?:inspired|drew|led|attracted|brought|got|made) you (?:into|interested in|choose|want to be)
"""
_BEHAVIORAL = r"""
(?:about|describe|share|recall|remember|discuss|through) (?:with us )?(?:an?|one|the) (?:[a-z]+ ){0,2}situation\b
(?:about|describe|share|recall|remember|discuss|through) (?:with us )?(?:an?|one) (?:[a-z]+ )?(?:time|occasion)\b
(?:about|describe|share|recall|remember|discuss|through) (?:with us )?(?:an?|one) (?:[a-z]+ )?(?:instance|moment)\b
(?:about|describe|share|recall) the (?:last|first) time\b
(?:time|situation|occasion|instance)s? (?:when|where|in which|that) (?:you|your)\b
(?:a|last) time you\b
examples? of (?:a |an )?(?:time|when|situation|how you(?:'ve| have)|where you)\b
have you ever\b
(?:disagree[ds]?|disagreements?|conflicts?) (?:with|between|within|in|among) (?:an? |your |the |two )?(?:team|colleague)
(?:disagree[ds]?|disagreements?|conflicts?) (?:with|between|within|in|among) (?:an? |your |the )?(?:co-?worker|boss)
(?:disagree[ds]?|disagreements?|conflicts?) (?:with|between|within|in|among) (?:an? |your |the )?(?:manager|peer|work)
(?:handle|deal with|cope with|manage|respond to) (?:conflicts?|disagreements?|stress|pressure|failure|rejection)\b
(?:handle|deal with|cope with|respond to) (?:criticism|ambiguity|change|setbacks?|(?:negative )?feedback)\b
(?:handle|deal with|cope with) (?:an? )?(?:tight deadlines?|difficult|angry|upset)\b
(?:work|working|perform|calm) (?:well )?under (?:pressure|stress)\b
difficult (?:colleague|co-?worker|customer|client|person|people|team ?m)
(?:biggest|greatest|proudest|worst) (?:[a-z]+ )?(?:mistake|failure|regret|setback|accomplishment|achievement)
(?:biggest|greatest|proudest|worst) (?:[a-z]+ )?(?:challenge|project|bug|decision)
most (?:significant|challenging|difficult|proud|complex) (?:[a-z]+ )?(?:project|bug|decision|challenge|problem|thing)
(?:a|any) (?:[a-z]+ )?(?:mistake|failure) (?:that )?you\b
(?:are|were) you (?:the )?(?:most )?proud of\b
you(?:'re| are| were) (?:most |particularly )?proud of\b
above and beyond\b
constructive (?:feedback|criticism)\b
(?:receive|receiving|accept|take|react to) (?:[a-z]+ )?(?:feedback|criticism)\b
out(?:side)? (?:of )?your comfort zone\b
(?:challenge|problem|obstacle)s? (?:that )?you(?:'ve| have)? (?:faced|overcame|overcome|solved|encountered)\b
project (?:that |where |which |in which )?you(?:'ve| have)? (?:led|failed|worked on|struggled|completed|built)\b
"""
_HR = r"""
salar(?:y|ies)\b
compensation\b
notice period\b
relocat(?:e|ing|ion)\b
visa\b
work (?:authori[sz]ation|permit)\b
why (?:do|did|would|are|have|were|should|exactly do) (?:you|we) (?:want|wish|like|apply|applied|interested|looking)
why (?:do|did|would|are|have|were|should) (?:you|we) (?:leave|leaving|hire|choose|considering|quit|decide)
why (?:us|this (?:company|role|position|job|team|industry)|our (?:company|team|organi[sz]ation)|we should hire)\b
why [a-z]+\?$
(?:your|biggest|greatest|main|top|key) (?:[a-z]+ )?(?:strengths?|weakness(?:es)?)\b
strengths and weaknesses\b
(?:see|picture|imagine) yourself\b
in (?:the next )?(?:few|five|5|ten|10|three) years\b
motivat(?:e|es|ed|ing|ion) (?:you|for|to|behind|yourself)\b
what (?:motivat|drives you)
keeps you motivated\b
(?:career|professional|long[- ]term|short[- ]term) (?:goals?|aspirations?|objectives?|ambitions?|plans?)\b
(?:company|team|work(?:place|ing)?|organi[sz]ational) (?:culture|values)\b
cultur(?:e|al) fit\b
our (?:mission|values|culture)\b
work[- ]life balance\b
work(?:ing)? (?:environment|style|ethic)\b
(?:ideal|dream|perfect) (?:job|company|work|role|boss|manager|position|team|employer)\b
hobb(?:y|ies)\b
(?:outside (?:of )?work|free time|spare time|for fun)\b
(?:when|how soon) (?:can|could|are|would) you (?:start|available|be able to start|join)\b
know about (?:us|our|(?:this|the) (?:company|role|position))\b
hear about (?:this|the|our) (?:position|role|company|job|opening|vacancy)\b
(?:other|competing) (?:offers?|companies|interviews)\b
(?:willing|comfortable|able|prefer|open) (?:to |with )?(?:work(?:ing)? )?(?:travel|overtime|weekends?|remote|from home)
(?:willing|comfortable|able|prefer|open) (?:to |with )?(?:work(?:ing)? )?(?:on[- ]site|night|shifts?|hybrid|on[- ]call)
gaps? in your (?:employment|career|resum|résum|cv)
foster (?:open )?(?:communication|collaboration|inclusion)
diversity (?:and|in the|at work|mean)\b
(?:co-?workers|colleagues|friends|manager|boss) (?:would )?(?:describe|say about) you\b
(?:interest(?:s|ed)|excit(?:es|ed)|attract(?:s|ed)) (?:to )?you (?:most )?(?:about|to|in) (?:this|our|the|us|working)\b
(?:interested in|excited about) (?:this|our|the|working|joining) (?:[a-z]+ )?(?:company|role|position|job|team)
what (?:sets|makes) you (?:apart|unique|different|stand out|an? (?:good|great|strong)|the (?:right|best)|suitable)
(?:good|right|best|great) (?:fit|candidate|match) for\b
expectations? (?:from|for|of) (?:this|the|us|your)\b
passionate about\b
"""
_MANAGERIAL = r"""
(?:leadership|management|managerial|managing) (?:style|approach|philosophy|experience|skills?|roles?)\b
direct reports?\b
delegat(?:e|ing|ion)\b (?:to|tasks?|work|responsibilit)
delegate\b
under-?perform
low[- ]perform
(?:manag|lead|motivat|mentor|coach)(?:e|ing)? (?:[a-z]+ ){0,3}?(?:teams?|people|engineers|developers|juniors?)\b
(?:manag|lead|motivat|mentor|coach)(?:e|ing)? (?:[a-z]+ ){0,3}?(?:employees|reports|others|staff|subordinates)\b
(?:build|grow|scale|structure)(?:ing)? (?:[a-z]+ ){0,2}?teams?\b
team members? (?:who|is|are|isn't|aren't|keeps?|misses|disagrees?)\b
(?:your|the|a) team(?:'s)? (?:is|isn't|keeps?|misses|disagrees?|morale)\b
stakeholders?\b
roadmap\b
performance (?:reviews?|appraisals?)\b
one[- ]on[- ]ones?\b
(?:hire|hiring|recruit|onboard|fire)(?:ing)? (?:[a-z]+ ){0,2}?(?:engineer|developer|people|team|member|someone|talent)
prioriti[sz]e (?:[a-z]+ ){0,4}?(?:tasks?|work|projects?|features?|deadlines|backlog|demands|technical debt|tickets)\b
prioriti[sz]e (?:[a-z]+ ){0,4}?(?:requests|initiatives|workload|requirements|when|priorities)\b
competing (?:priorities|deadlines|demands)\b
multiple (?:projects|deadlines|priorities|stakeholders|tasks)\b
(?:team|project|sprint) (?:budgets?|deadlines?|velocity|plan(?:ning)?|timelines?|morale|productivity)\b
budget(?:ing)? (?:for|of) (?:your|the|a) (?:team|project|department)\b
scope creep\b
behind schedule\b
key performance indicators?\b
okrs?\b
decision[- ]making (?:process|style|approach)\b
as a (?:team )?(?:lead|leader|manager|director|head)\b
"""
_CLEAR = ((WRAP_UP, _WRAP_UP), (INTRO, _INTRO), (BEHAVIORAL, _BEHAVIORAL), (HR, _HR), (MANAGERIAL, _MANAGERIAL))

#: What code looks like, and names of things that are made of it.
_CODE = r"`|\w\(\)|[{};]\s*$|=>|==|&&|[a-z][A-Z]|[a-z]_[a-z]|\bO\(|[A-Za-z]\+\+|\bC#|\.NET\b|\w\.(?:js|py|io)\b"
_WORDS_OF_THE_TRADE = """
api apis sql nosql http https rest restful grpc graphql tcp udp dns tls ssl oauth jwt html css dom json xml yaml python
java javascript typescript kotlin swift golang rust ruby php scala perl react angular vue redux django flask fastapi
spring hibernate node express postgres postgresql mysql mongodb redis kafka rabbitmq elasticsearch cassandra dynamodb
spark hadoop airflow docker kubernetes k8s terraform ansible jenkins git linux unix bash aws azure gcp lambda cloud
serverless microservice microservices monolith database databases schema index indexes indexing query queries join
joins transaction transactions deadlock thread threads threading concurrency concurrent parallel parallelism async
asynchronous mutex semaphore lock locking cache caching latency throughput scale scalable scalability sharding replica
replication partition partitioning algorithm algorithms array arrays hash hashmap tree graph queue stack heap recursion
sort sorting binary complexity pointer memory garbage compiler interpreter inheritance polymorphism encapsulation
abstraction interface class classes object objects function functions closure closures decorator decorators generator
generators iterator exception exceptions variable variables constructor singleton solid oop test tests testing tdd ci
cd pipeline pipelines deploy deployment deployments debug debugging refactor refactoring code coding codebase software
programming framework frameworks library libraries architecture backend frontend server servers browser websocket
encryption encrypt authentication authorization security vulnerability xss csrf injection firewall network protocol
regression classification classifier clustering gradient overfitting bias variance model models dataset data etl
warehouse transformer llm embedding embeddings rag nlp precision recall statistics statistical probability hypothesis
monitoring logging observability incident outage downtime production rollback system systems technology technologies
kernel process processes virtual container containers excel ledger circuit voltage bug bugs url table tables
shard design implement optimise optimize
"""
_TRADE = frozenset(_WORDS_OF_THE_TRADE.split())

#: What is left speaks of the person, or of a thing.
_OF_A_PERSON = r"\b(?:you|your|yourself|you're|you'd|you've)\b"


def guess_stage(question: str) -> str:
    """Return the stage that a question most likely belongs to, one of the known ones."""
    whole = question[:_JUDGED]
    words = " ".join(whole.replace("’", "'").split()).lower()
    for stage, phrases in _CLEAR:
        if re.search(_any_of(phrases), words):
            return stage
    if re.search(_CODE, whole) or not _TRADE.isdisjoint(re.findall(r"\w+", words)):
        return TECHNICAL
    return BEHAVIORAL if re.search(_OF_A_PERSON, words) else TECHNICAL


@cache
def _any_of(phrases: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(phrases.split("\n")[1:-1]) + ")")


#: What a heading may say beside the name of a stage.
_WORDS_BESIDE = """
a an and the of for with in on by to my our your round rounds interview interviews question questions section part
stage phase segment session discussion assessment evaluation q a qa test general common basic
based type types style mock sample min mins minute minutes first second third final one two three i ii iii iv
answers answer related set block level skills skill topic topics top most asked frequently fit call chat
"""
_BESIDE = frozenset(_WORDS_BESIDE.split())
#: Words that say that a heading is about a part of an interview, whatever else it says.
_OF_AN_INTERVIEW = frozenset(("round", "rounds", "stage", "phase"))
#: What names each stage: one word of the first text must stand in a heading, those of the second may beside it.
_NAMES = {
    WRAP_UP: (
        "wrap wrapup closing closure conclusion ending",
        "up close end remarks thoughts statements candidate",
    ),
    INTRO: (
        "intro introduction introductions introductory opening icebreaker icebreakers ice warm warmup background "
        "yourself welcome greeting greetings",
        "breaker breakers up about self you",
    ),
    HR: (
        "hr human recruiter recruiting recruitment culture cultural motivation motivational personal phone salary "
        "alignment screening screen prescreen compensation",
        "resources resource company values role career goals personality",
    ),
    BEHAVIORAL: (
        "behavioral behavioural behavior behaviour behaviours behaviors situational soft star competency "
        "competencies principles psychometric",
        "situation competence teamwork communication leadership values",
    ),
    MANAGERIAL: (
        "managerial manager managers management leadership hiring director executive",
        "leader team people lead",
    ),
    TECHNICAL: (
        "technical technology tech coding programming solving expertise",
        "technologies screening screen code problem background knowledge deep dive core domain hands live advanced "
        "practical system design theory theoretical",
    ),
}
_ORDER = (BEHAVIORAL, TECHNICAL, HR, INTRO, MANAGERIAL, WRAP_UP)
_TO_THE_INTERVIEWER = (
    r"\bquestions? (?:for|to ask) (?:(?:the|your|an?|our) )?(?:interviewers?|company|employer|team|panel|us|me|you)\W*$"
    r"|\b(?:your|candidate'?s?) questions\b|\breverse interview|\bquestions from (?:the )?candidate"
)
#: A heading is short; what is longer is a sentence.
_LONGEST_HEADING = 80
_MOST_WORDS = 8


def stage_named(heading: str) -> str | None:
    """Return the stage that a heading names, None where it names none: a topic, or anything else."""
    if len(heading) > _LONGEST_HEADING or "?" in heading:
        return None
    plain = heading.strip().upper()
    if plain in KNOWN_STAGES:
        return plain
    text = heading.lower().replace("’", "'").replace("&", " and ").replace("wrap-up", "wrapup")
    if re.search(_TO_THE_INTERVIEWER, text):
        return WRAP_UP
    said = re.findall(r"[^\W\d_]+(?:'s)?", text)
    core = frozenset(said) - _BESIDE
    if not core or len(said) > _MOST_WORDS:
        return None
    for stage in _ORDER:
        deciding, beside = _names(stage)
        if core <= deciding | beside and core & deciding:
            return stage
    if _OF_AN_INTERVIEW.isdisjoint(said):
        return None
    for stage in _ORDER:
        if core & _names(stage)[0]:
            return stage
    return TECHNICAL if core & _TRADE or "design" in core else None


@cache
def _names(stage: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words one of which must stand in a heading that names a stage, and those that may stand beside."""
    deciding, beside = _NAMES[stage]
    return frozenset(deciding.split()), frozenset(beside.split())
