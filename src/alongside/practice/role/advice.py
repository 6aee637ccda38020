"""Advice that the writer gave, by rules: who says what to whom, and who only reports it."""

import re
from collections.abc import Iterator
from functools import cache

from alongside.practice.role.kinds import LONGEST_PHRASE


def advised(words: str) -> Iterator[tuple[int, int]]:
    """Where the writer says that they advised: start and end of each phrase."""
    own = _others_quotes_blank(words)
    for sentence in _SENTENCE.finditer(own):
        text = sentence.group()
        if _AGREED.search(text):
            continue
        for act in _acts().finditer(text):
            if len(act.group()) <= LONGEST_PHRASE and _is_writers(act, text[: act.start()]):
                yield sentence.start() + act.start(), sentence.start() + act.end()


_SENTENCE = re.compile(r"[^.;!?\n]+")
_QUOTE = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
_YOU_SHOULD = re.compile(
    r"\W*(?:maybe |i think |i feel like )?you (?:really |just )?"
    r"(?:should|ought to|need to|have to|must|better|had better)\b",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    r"(?:\bi (?:\w+ly |just |also |then )?|(?:^|[.;!?\n])\s*)"
    r"(?:said|told (?:her|him|them|\w+))(?: to (?:her|him|them))?\s*[,:]?\s*$",
    re.IGNORECASE,
)


def _others_quotes_blank(words: str) -> str:
    """The same length, without what stands in quotes, unless the writer says "you should"."""

    def blank(quote: re.Match[str]) -> str:
        text = quote.group()
        before = words[max(0, quote.start() - 60) : quote.start()]
        if _YOU_SHOULD.match(text) and _SAID_BEFORE.search(before):
            return " " + text[1:-1] + " "
        return " " * len(text)

    return _QUOTE.sub(blank, words)


# Who speaks up to these for the person does not advise the person; that is the role.
_FOR_THE_PERSON = re.compile(
    r"\b(?:told|tell|said to|let|asked|reminded)\s+(?:(?:the|a|an|his|her|their|our|my)\s+)?"
    r"(?:\w+\s+)?(?:judge|court|lawyer|attorney|public defender|nurse|doctor|dr|landlord|landlady"
    r"|worker|caseworker|agent|officer|boss|employer|clerk|staff|team|clinic|school|teacher"
    r"|counselor|therapist|office|front desk|manager)\s+(?:know\s+)?(?:that\s+)?"
    r"(?:she|he|they)\s+(?:should|ought|needs?|has|must|deserves?)\b",
    re.IGNORECASE,
)


_HELP_NOW = re.compile(
    r"\b(?:911|9-1-1|988|9-8-8|ambulance)\b"
    r"|\b(?:er|emergency room)\b.{0,20}\b(?:now|right away|at once|immediately|tonight)\b",
    re.IGNORECASE,
)


def calls_for_help(sentence: str) -> bool:
    """Whether help was called, or told to be called, where a life may be in danger. That is in the
    role whoever dials; a hint there would teach people to wait."""
    return bool(_HELP_NOW.search(sentence))


def speaks_up(sentence: str) -> bool:
    return _FOR_THE_PERSON.search(sentence) is not None


# What the two agreed, or what was the other's own idea, is no advice.
_AGREED = re.compile(
    r"\b(?:as|like|what|which) (?:we|she|he|they)(?: had|'d|’d)? "  # noqa: RUF001
    r"(?:agreed|planned|decided|asked|wanted|wrote|put)\b"
    r"|\bwe(?: had| both)? agreed\b|\b(?:her|his|their|our)(?: own)? (?:idea|plan)\b"
    r"|\basked me to (?:remind|tell)\b",
    re.IGNORECASE,
)

_THEM = r"(?:her|him|them)"
_NAME = r"(?!(?:me|us|my|the|no|any|staff|mom|mother|dad|father|police|court|probation)\b)[^\W\d_]+"
_WHOM = rf"(?:{_THEM}|{_NAME})"
_SOFTLY = (
    r"(?:\s*[,:]?\s+(?:that|maybe|perhaps|i think|i thought|i feel|i felt|i believe(?:d)?|again"
    r"|clearly|straight|how))*\s*[,:]?\s+(?:really )?"
)
_ADVERBS = r"(?:(?:\w+ly|just|also|then|again|even|have|had|once)\s+)*?"
# "Should get a letter soon" expects, "should be proud" lifts up, "should decide" leaves the choice.
_SHOULD = (
    r"\s+(?:really |probably |just |still |definitely )*"
    r"(?:(?:should(?:n['’]?t)?|shou?ld(?:nt)?|shoud|ought(?: not)?(?: to)?|must(?:n['’]t)?"  # noqa: RUF001
    r"|had better|better)\b"
    r"(?!\s+(?:not\s+|be able|have (?:been|gotten|received)|never have)*"
    r"(?:hear\b|(?:get|receive|see) (?:a|an|the|her|his|their) (?:\w+ )?"
    r"(?:letter|call|text|e-?mail|check|card|notice|packet|refund)|be (?:able|there|ready|fine|ok"
    r"|okay|in|at|here|good|done|proud|getting|hearing|sorry|ashamed|the one)|feel\b|blame"
    r"|decide|choose|do what|trust|give (?:her|him)self|go with (?:her|his|their)"
    r"|make (?:her|his|their) own"
    r"|follow (?:her|his|their)))"
    r"|(?:needs?|needed|has|have|had) to\b"
    r"(?!\s+(?:be|bring|sign|show|pay|fill|send|wait|file|renew|check in|decide|choose)\b))"
)
_TO_DO = (
    r"\s+(?:not to|to|never to)\s+"
    r"(?!(?:\w+ ){0,2}(?:me|us)\b|(?:call|text|reach out|ask|come back|stop by|drop by)"
    r" (?:any|when|if\b)|take (?:her|his|their|all|your) (?:\w+ )?time|worry|let (?:me|us)"
    r"|have (?:a|fun)|come\b|sit\b|wait\b|help \w+sel|be (?:ready|there|here|at|outside|downstairs"
    r"|proud|(?:her|him)self)|bring|say h|enjoy|look (?:for|out)|feel free|decide|choose"
    r"|do what|trust|feel)"
    r"\w+"
)


@cache
def _acts() -> re.Pattern[str]:
    """What a writer does who advises, with or without "I" before it."""
    sheshould = (
        rf"(?:her{_SOFTLY}she|him{_SOFTLY}he|them{_SOFTLY}they"
        rf"|(?!{_THEM}\b){_NAME}{_SOFTLY}(?:she|he|they)|{_WHOM}{_SOFTLY}you){_SHOULD}"
    )
    if_i_were = r"if i (?:were|was) (?:her|him|them|you|in (?:her|his|their|your) \w+)"
    tell = (
        rf"(?:told|tell|tld) (?:{sheshould}|{_WHOM}{_TO_DO}|{_WHOM}{_SOFTLY}{if_i_were}"
        rf"|{_WHOM} what (?:she|he|they) should do)"
    )
    say = rf"(?:said|say)(?: to {_WHOM})?{_SOFTLY}(?:(?:she|he|they|you){_SHOULD}|{if_i_were})"
    advise = (
        rf"advised (?:against|{_WHOM} (?:against|not to|to|that (?:she|he|they)\s+should)|(?:she|he"
        rf"|they|that (?:she|he|they)\s+should)|\w+ing\b)|urged {_WHOM} (?:not )?to"
    )
    suggest = rf"(?:suggested|recommended)(?: to {_WHOM})?(?: that)? (?:she|he|they)\s+\w+"
    give = (
        rf"(?:gave|offered)(?: {_WHOM})?(?: (?:some|my|good|honest|a (?:bit|piece|little|lot)"
        rf" of))* advice\b(?! (?:line|nurse|column|booklet|sheet|hotline|center))"
    )
    mine = rf"(?P<mine>my (?:\w+ )?advice(?: to {_WHOM})? (?:was|is|would be)\b)"
    return re.compile(
        rf"\b(?:{mine}|(?:(?P<me>i)(?:['’]ve)?\s+{_ADVERBS})?"  # noqa: RUF001
        rf"(?:{tell}|{say}|{advise}|{suggest}|{give}))",
        re.IGNORECASE,
    )


# "She said I told her ...", "if I told her ...": someone else's account, or no account.
_NOT_MY_ACCOUNT = re.compile(
    r"\b(?:said|says|saying|thinks?|thought|felt|feels|claim(?:s|ed)|believe[sd]?|asked|asks|wish"
    r"|wished|if|whether|unless|that|told \w+|remember(?:s|ed)?|mentioned|wrote|had|did|do|should"
    r"|could|can|may|would|joked|imagined?|like|as if|not|glad|happy|upset)\W*$",
    re.IGNORECASE,
)
# Notes often leave out "I": every part of the sentence up to there must begin as the writer's own.
_PARTS = re.compile(
    r"\s*(?:,|&|\band\b|\bthen\b|\bbut\b|\bso\b|\s[-\u2013\u2014]\s|[-*•])\s*", re.I
)
_WRITERS_PART = re.compile(
    r"(?:i|we|also|again|today|yesterday|later|afterwards?|this (?:morning|afternoon|evening)"
    r"|(?:after|before) \w+(?: \w+)?|on the (?:way|phone)(?: \w+){0,2}|at (?:the )?\w+"
    r"|(?:talk|call|text|listen|help|walk|pick|visit|discuss|shar|check|stopp|ask|remind|encourag"
    r"|support|dropp|wait|look|explain|connect|join|attend|chatt|follow|thank|welcom|brainstorm"
    r"|meet|validat)ed\b.*|(?:met|sat|went|drove|spent|had|rode|saw|took|spoke|gave|let|got|made"
    r"|did|read|ate|told)\b.*)",
    re.IGNORECASE,
)
_ANOTHERS = re.compile(
    r"\b(?:she|he|they|who|how|because|said|says|told (?:me|us)|her \w+ \w+ed)\b", re.IGNORECASE
)
# To these one speaks up for the person; that is the role.
_SPOKE_UP = re.compile(
    r"\b(?:judge|lawyer|attorney|nurse|doctor|landlord|worker|officer|agent|boss|employer|clerk"
    r"|staff|supervisor|court)\b",
    re.IGNORECASE,
)


def _is_writers(act: re.Match[str], before: str) -> bool:
    phrase = act.group().lower()
    if " said" in f" {phrase}" and "told" not in phrase and _SPOKE_UP.search(before):
        return False
    if act["me"] or act["mine"]:
        return not _NOT_MY_ACCOUNT.search(before)
    parts = _PARTS.split(before)
    if parts[-1].strip():
        return bool(re.fullmatch(_WRITERS_ADVERB, parts[-1].strip(), re.IGNORECASE))
    return not any(part.strip() and not _begins_own(part.strip()) for part in parts)


_WRITERS_ADVERB = r"also|again|just|(?:today|yesterday|later)"


def _begins_own(part: str) -> bool:
    if not _WRITERS_PART.match(part):
        return False
    return bool(re.match(r"i\b|we\b", part, re.IGNORECASE)) or not _ANOTHERS.search(part)
