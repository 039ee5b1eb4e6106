"""What people of the trade call by several names, and everyday words that can stand for each other.

General knowledge of English and of software, kept by hand: nothing here is taken from texts the comparison is
measured on.
"""

from functools import cache

from interview_coach.comparison.stems import stem

# One thing a line: its names, which count as the same word. The first is what they become.
_NAMES = """
postgresql: postgres, pgsql, postgre sql, postgre
kubernetes: k8s, kube
javascript: js, ecmascript, java script
typescript: ts, type script
node.js: nodejs, node js
react: reactjs, react js
vue: vuejs, vue js
mongodb: mongo, mongo db
elasticsearch: elastic search
golang: go lang
mysql: my sql
database: db, dbs, data base
application: app, apps
configuration: config, configs, cfg
repository: repo, repos
environment: env, envs
parameter: param, params
argument: arg, args
documentation: docs
specification: spec, specs
information: info
infrastructure: infra
administrator: admin, admins
statistics: stats
asynchronous: async
synchronous: sync
directory: dir
function: func, fn
message: msg, msgs
milliseconds: msec
mathematics: maths, math
percent: per cent, pct
versus: vs
ttl: time to live
lru: least recently used
lfu: least frequently used
fifo: first in first out
lifo: last in first out
ci: continuous integration
cd: continuous delivery, continuous deployment
api: application programming interface
sdk: software development kit
ide: integrated development environment
cli: command line, command line interface
gui: graphical user interface
ui: user interface
ux: user experience
os: operating system
vm: virtual machine
cpu: central processing unit
gpu: graphics processing unit
ram: random access memory
io: i o, input output
orm: object relational mapper, object relational mapping
crud: create read update delete
acid: atomicity consistency isolation durability
oop: object oriented programming
tdd: test driven development
bdd: behavior driven development
ddd: domain driven design
mvc: model view controller
mvp: minimum viable product
poc: proof of concept
pr: pull request
mr: merge request
qa: quality assurance
sla: service level agreement
slo: service level objective
kpi: key performance indicator
roi: return on investment
gc: garbage collection, garbage collector
jvm: java virtual machine
ml: machine learning
ai: artificial intelligence
nlp: natural language processing
llm: large language model
dns: domain name system
cdn: content delivery network
tls: transport layer security
jwt: json web token
sso: single sign on
mfa: multi factor authentication
2fa: two factor authentication
rbac: role based access control
iam: identity and access management
aws: amazon web services
gcp: google cloud platform
iac: infrastructure as code
etl: extract transform load
mq: message queue
pubsub: pub sub, publish subscribe
p2p: peer to peer
rpc: remote procedure call
qps: queries per second
rps: requests per second
tps: transactions per second
wal: write ahead log, write ahead logging
mvcc: multi version concurrency control
pk: primary key
fk: foreign key
bst: binary search tree
bfs: breadth first search
dfs: depth first search
dp: dynamic programming
adt: abstract data type
dom: document object model
spa: single page application
ssr: server side rendering
csrf: cross site request forgery
xss: cross site scripting
cors: cross origin resource sharing
http: hypertext transfer protocol
html: hypertext markup language
css: cascading style sheets
sql: structured query language
url: uniform resource locator
tcp: transmission control protocol
udp: user datagram protocol
ip: internet protocol
vpn: virtual private network
nat: network address translation
lan: local area network
wan: wide area network
hr: human resources
pto: paid time off
okr: objectives and key results
two: 2
three: 3
four: 4
five: 5
six: 6
seven: 7
eight: 8
nine: 9
ten: 10
"""

# Words that can stand for each other in one sentence or another: half a match and a little more.
_NEAR = """
increase raise grow rise boost gain enlarge
decrease reduce lower shrink drop cut lessen decline minimise
improve enhance optimise better
use utilise employ apply usage
make create build construct produce generate form
begin start commence initiate
end finish stop complete terminate cease
big large huge great
small little tiny
fast quick rapid speedy quickly rapidly
same equal identical alike
different distinct differ unlike
show display demonstrate present illustrate reveal
help assist aid support
need require must
fix repair solve resolve correct
problem issue trouble difficulty
error mistake fault bug defect flaw
choose select pick
change alter modify adjust update vary
keep retain maintain preserve stay remain
store save hold
delete remove erase drop eliminate discard
get obtain receive acquire fetch retrieve
give provide supply offer
send transmit deliver
find locate discover detect identify
check verify validate test examine inspect
look see observe watch view notice
tell inform notify
talk speak discuss communicate
job role position
team group
company business firm organisation
customer client user
work function operate run
goal objective aim target purpose
way method approach technique
important essential crucial key vital
easy simple straightforward
hard difficult tough
whole entire complete full
part piece portion section component
join combine merge unite
split divide separate partition
connect link attach
break damage destroy
allow permit enable
prevent avoid stop block
protect guard secure
move shift transfer migrate
quantity amount number
often frequently regularly
about approximately roughly
several many multiple numerous
constant unchanged steady
happen occur
cause lead result
carry transport bring
copy duplicate replicate
contain include hold comprise
explain describe clarify
measure gauge
fail crash
wait delay pause
lack shortage missing
parameter argument
method function routine procedure
item element entry
field attribute property
directory folder
execute run
call invoke
deploy release ship rollout
query request
response reply answer
monitor observe track
latency delay
speed performance
memory ram
parent ancestor
child descendant
instance object
traverse visit walk
authenticate authorise auth login
developer development dev
production prod
colleague coworker teammate
manager boss supervisor
deadline due
feedback criticism
learn study
salary pay compensation
"""


def names(key: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the other names that begin with a term, longest first, each with the one word that it becomes."""
    return _names_beginning(key[:_PREFIX]).get(key, ())


def near(key: str) -> frozenset[str]:
    """Return the stems of the words that can stand for one with this stem."""
    return _near_beginning(key[:_PREFIX]).get(key, frozenset())


# Stems cost a start more than all the rest here, so only those are made that can be meant: a stem begins as its word.
_PREFIX = 2


@cache
def _names_beginning(prefix: str) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for other, name in _names_by_prefix().get(prefix, ()):
        parts = tuple(stem(part) for part in other.split())
        found.setdefault(parts[0], []).append((parts, stem(name)))
    return {first: tuple(sorted(known, key=lambda one: -len(one[0]))) for first, known in found.items()}


@cache
def _near_beginning(prefix: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _near_by_prefix().get(prefix, ()):
        group = {stem(word) for word in line.split()}
        for word in group:
            found.setdefault(word, set()).update(group - {word})
    return {word: frozenset(others) for word, others in found.items()}


@cache
def _names_by_prefix() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for line in _NAMES.strip().splitlines():
        name, others = line.split(": ")
        for other in others.split(", "):
            found.setdefault(other.split()[0][:_PREFIX], []).append((other, name))
    return found


@cache
def _near_by_prefix() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in _NEAR.strip().splitlines():
        for prefix in {word[:_PREFIX] for word in line.split()}:
            found.setdefault(prefix, []).append(line)
    return found
