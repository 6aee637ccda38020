"""Of every event it is decided whether someone saw something: what a breach page asks for."""

from alongside.audit.rules import SEEN
from alongside.retention.queries.record import LOOKS
from alongside.web.verbs import VERBS

# Nobody saw anything by these: something was written, moved or said. A new verb stands here or in
# ``SEEN``; the words of it are in ``web/verbs.py``.
DOES = """
affirmation: corrected given restored seen taken-back
agency: changed started
agenda: added done reopened
appointment: cancelled changed handed-on missed planned planned-again wish-settled
appointment: wish-taken-back wished
array-question: answer-brought-back answer-corrected answer-put-away answered asked taken-back
array-question: taken-over
ask: apart brought-back put-away taken-in
attempt: logged
care-team: came-back changed joined left
check-in: begun changed finished put-away put-back shared taken-back unshared
check-in-rhythm: put-back set taken-back
colleague: invited
competency: file-put-back file-removed said sign-off-taken-back signed-off
consent: begun called-mistaken end-taken-back ended mistake-taken-back put-away revoked signed
consent: taken-up written
contract: added changed ended
core-words: said
credential: added corrected imported restored voided
disclosure: made restored withdrawn
disposal: done files-erased proposed taken-back
draft: begun put-away taken-back
emergency: answered asked-about ended found-not-right found-right notice-read taken-up
encounter: imported
episode: beginning-taken-back begun came-back concluded ending-raised ending-written kept-going
episode: rhythm-agreed
goal: begun brought-back reached reopened reworded set-aside taken-back
hand-off: added-to corrected followed-up opened-again recorded seen taken-back
help-lines: set
hint: answered
hold: lifted placed
identifier: corrected kept removed restored
import-row: settled skipped taken-up
instrument: changed loaded restored withdrawn
invitation: accepted sent-again taken-back
journey: placed taken-back
keeping: set
kept-apart: agreed answered asked changed opened restored taken-back withdrawn written
learning: added corrected file-put-back file-removed restored voided
letter: put-away sent-again
link: agreed made proposed taken-back
match: accepted declined ended handed-on participant-told proposed supporter-told taken-back
match: thinking
milestone: corrected kept kept-between-us opened put-back taken-back
note: answer-brought-back answer-changed answer-read answer-taken-back answer-unread answered
note: corrected entered-in-error read signed signed-from-sheet to-read-again
note-question: answered asked asked-again closed reopened withdrawn
own-link: given taken-back used
own-sign-in: changed closed opened phone-said
part-two: switched-off switched-on
participant: added changed corrected-own imported reach-said
plan: agreed answered draft-kept offered taken-back
plan-part: added brought-back done reopened reworded set-aside taken-back
precedent: restored withdrawn
private-worksheet: all-removed begun key-destroyed removed
public-page: address-chosen published taken-back written
record-request: answered disagreed disagreement-taken-back longer made opened-again
record-request: restriction-ended withdrawn
referral: accepted added-to addition-read asked corrected declined draft-begun draft-put-away
referral: draft-taken-up ended imported matched received sent taken-back waitlisted withdrawn
referrer: came-in imported let-in link-given link-taken-back shut-out
referrer-question: answered asked closed seen withdrawn
requirement: accepted ahead answered asked-about begun corrected handed-in not-asked put-back
requirement: question-put-back question-taken-back shown shown-taken-back taken-back under-way
return: back corrected not-back-yet put-back taken-back told
same-person: different proposed same
sheet: chosen columns-set done put-away running stopped undone
supervision: corrected kept restored voided
supporter: added beginning-set changed experience-set imported linked profile-changed room-set
time-away: restored set taken-back
update: begun correction-begun put-away sent taken-up written
user: device-signed-out joined let-in password-changed password-reset roles-changed
user: second-factor-added second-factor-removed second-factor-renewed shut-out sign-in-refused
user: signed-in signed-out signed-out-elsewhere supervisor-set
worksheet: begun changed kept put-away put-back taken-back taken-up
worksheet-form: added changed restored withdrawn
"""


def test_of_each_verb_it_is_decided_whether_someone_saw_something():
    does = set()
    for line in DOES.strip().splitlines():
        family, _colon, rest = line.partition(": ")
        does |= {f"{family}.{word}" for word in rest.split()}
    assert does & SEEN == set()
    assert does | SEEN == set(VERBS)


def test_what_tells_a_person_who_looked_counts_as_seen():
    assert set(LOOKS) - SEEN == set()
