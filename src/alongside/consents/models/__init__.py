from alongside.consents.models.consents import Consent, ConsentRecipient, ConsentStep
from alongside.consents.models.disclosures import Disclosure, PartTwoSwitch
from alongside.consents.models.links import RecordLink, RecordLinkSide

__all__ = [
    "Consent",
    "ConsentRecipient",
    "ConsentStep",
    "Disclosure",
    "PartTwoSwitch",
    "RecordLink",
    "RecordLinkSide",
]
