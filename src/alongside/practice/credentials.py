"""What a supporter's peer certification is worth on one day (PEER-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.codes import CredentialKind, CredentialStanding

PEER_KINDS = frozenset({CredentialKind.CPS, CredentialKind.CPPS})


@dataclass(frozen=True)
class CredentialFacts:
    """One credential. It holds from ``certified_on`` through ``expires_on``, both days included;
    without either day nothing is known to hold. ``in_training``: the exam is not passed yet."""

    kind: CredentialKind
    certified_on: date | None = None
    expires_on: date | None = None
    in_training: bool = False


@dataclass(frozen=True)
class Standing:
    """``until`` is the last day of the certificate that counts, ``None`` where it is not known."""

    standing: CredentialStanding
    kind: CredentialKind | None
    until: date | None
    say: Say


def standing_on(credentials: Sequence[CredentialFacts], on: date) -> Standing:
    """The best standing any peer certificate gives on ``on``; a CPS comes before a CPPS.

    Recovery coach training and other credentials are worth having and are not a peer certificate.
    """
    peers = sorted((c for c in credentials if c.kind in PEER_KINDS), key=_cps_first)
    held = [c for c in peers if _holds(c, on)]
    if held:
        return _certified(max(held, key=lambda c: (c.kind is CredentialKind.CPS, _until(c))))
    lapsed = [c for c in peers if not c.in_training and c.expires_on and c.expires_on < on]
    training = [c for c in peers if _is_training(c, on)]
    if lapsed:
        return _lapsed(max(lapsed, key=_until))
    if training:
        say = Say(_("in training, exam not passed yet"))
        return Standing(CredentialStanding.IN_TRAINING, training[0].kind, None, say)
    if peers:
        say = Say(_("no dates for the certificate yet"))
        return Standing(CredentialStanding.NEVER, peers[0].kind, None, say)
    return Standing(CredentialStanding.NEVER, None, None, Say(_("not certified")))


def _holds(credential: CredentialFacts, on: date) -> bool:
    begins, ends = credential.certified_on, credential.expires_on
    if credential.in_training or (begins is None and ends is None):
        return False
    return (begins is None or begins <= on) and (ends is None or on <= ends)


def _is_training(credential: CredentialFacts, on: date) -> bool:
    """In training, or a certificate dated later than ``on``: not passed yet on that day."""
    later = credential.certified_on is not None and credential.certified_on > on
    return credential.in_training or later


def _until(credential: CredentialFacts) -> date:
    return credential.expires_on or date.max


def _cps_first(credential: CredentialFacts) -> bool:
    return credential.kind is not CredentialKind.CPS


def _certified(credential: CredentialFacts) -> Standing:
    until = credential.expires_on
    if until is None:
        say = Say(_("certified (end date not known)"))
    else:
        say = Say(_("certified (until {until:%b %Y})"), {"until": until})
    return Standing(CredentialStanding.CERTIFIED, credential.kind, until, say)


def _lapsed(credential: CredentialFacts) -> Standing:
    until = credential.expires_on
    say = Say(_("certificate ran out on {until}"), {"until": until})
    return Standing(CredentialStanding.LAPSED, credential.kind, until, say)
