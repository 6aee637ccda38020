"""How wishes are worded in everyday notes. Patterns only; ``wishes`` decides what they mean."""

import re
from collections.abc import Mapping

from alongside.practice.codes import LivedExperience, Mode

E = LivedExperience


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


LANGUAGES: Mapping[str, re.Pattern[str]] = {
    name: _re(rf"\b(?:{pattern})\b")
    for name, pattern in {
        "Spanish": r"spanish|espa[nñ]ol|castellano",
        "Hmong": r"hmong|hmoob",
        "Somali": r"somali|af-soomaali",
        "American Sign Language": r"asl|sign language|deaf",
        "Ojibwe": r"ojibwe|ojibwa|anishinaabemowin",
        "Ho-Chunk": r"ho-?chunk",
        "Menominee": r"menominee",
        "Arabic": r"arabic",
        "Burmese": r"burmese",
        "Chinese": r"chinese|mandarin|cantonese",
        "French": r"french|fran[cç]ais",
        "German": r"german|deutsch",
        "Karen": r"(?-i:Karen)",
        "Lao": r"lao|laotian",
        "Polish": r"polish",
        "Portuguese": r"portuguese|portugu[eê]s",
        "Russian": r"russian",
        "Swahili": r"swahili",
        "Ukrainian": r"ukrainian",
        "Vietnamese": r"vietnamese",
        "English": r"english|ingl[eé]s",
    }.items()
}
SPOKEN = _re(
    r"\b(?:speak\w*|spoken|language|lang|fluent|bilingual|interpret\w*|translat\w*|habla\w*"
    r"|hable|idioma|lus|understands|in|en)\b|\bpor favor\b|/"
)
NOT_SPOKEN = _re(r"\b(?:no|not|little|limited|doesn'?t|does not|don'?t|can'?t|cannot)\b[^,;]*$")

GENDERS: Mapping[str, re.Pattern[str]] = {
    "woman": _re(r"\b(?:wom[ae]n|females?|lad(?:y|ies)|gals?|mujer|se[nñ]ora|poj niam)\b"),
    "man": _re(r"\b(?:m[ae]n|males?|guys?|hombre|se[nñ]or|txiv neej)\b"),
    "nonbinary": _re(r"\b(?:non-?binary|enby|genderqueer)\b"),
}
NOT_GENDER = _re(
    r"\b(?:no|not|never|anyone but|anybody but|afraid of|scared of|uncomfortable (?:with|around)"
    r"|doesn'?t want|does not want|don'?t want|can'?t be (?:with|around|alone with)|won'?t (?:see"
    r"|meet|work with)|rather not|other than|except)\b"
)

SEEKING = _re(
    r"\b(?:some(?:one|body)|any(?:one|body)|person|peer|supporter|mentor|coach|sponsor|want\w*"
    r"|would like|prefer\w*|pref|ask\w*|likes?|if possible|please|pls|por favor|only|better with"
    r"|comfortable with|needs?|looking for|alguien|quiere|prefiere|speak\w*|who)\b"
)
WHO_LIVED_IT = _re(
    r"\b(?:some(?:one|body)|person|peer|supporter|mentor|coach|who(?:'?s|se)?|experience[ds]?"
    r"|been (?:thr\w+|to|in)|lived|history|alguien)\b"
)
NOT_LIVED = _re(r"\b(?:no|not|never|hasn'?t|haven'?t|without|isn'?t)\b")
EXPERIENCES: Mapping[LivedExperience, re.Pattern[str]] = {
    E.CHILD_PROTECTION: _re(
        r"\b(?:child (?:protect\w*|welfare|services)|chips|dcfs|foster\w*|(?:lost|lose|got)"
        r" (?:\w+ )?(?:kids|children)|kids? (?:taken|removed|back)|custody case)\b"
    ),
    E.TREATMENT_COURT: _re(
        r"\b(?:(?:treatment|tx|drug|recovery|alternative|owi|mental health) (?:court|ct)|ftc)\b"
    ),
    E.JUVENILE_JUSTICE: _re(r"\b(?:juvenile|juvie|youth justice|delinquen\w+|jj)\b"),
    E.ADULT_CRIMINAL_COURT: _re(
        r"\b(?:criminal court|felon\w*|probation|parole|criminal record)\b"
    ),
    E.INCARCERATION: _re(r"\b(?:jail|prison|incarcerat\w+|locked up|did time|doing time)\b"),
    E.AFFECTED_BY_OTHERS_USE: _re(
        r"\b(?:al-?anon|nar-?anon|(?:husband|wife|partner|spouse|son|daughter|mom|dad|parent|child"
        r"|loved one|family member)(?:'s)? (?:who )?(?:uses?|drinks?|drinking|using|use|addiction"
        r"|overdos\w+))\b"
    ),
    E.SUBSTANCE_USE: _re(
        r"\b(?:in recovery|(?:recover\w*|clean|off) (?:from|of) \w+|sober|sobriety|opio\w+|opiates?"
        r"|heroin|fentanyl|meth|alcohol\w*|drinking|drugs?|substance\w*|addict\w*|a\.?a\.?|n\.?a\.?"
        r"|recuperaci[oó]n)\b"
    ),
    E.MENTAL_HEALTH: _re(
        r"\b(?:mental (?:health|illness)|depress\w+|anxi\w+|bipolar|schizo\w+|hear\w* voices|panic"
        r"|ocd|mh)\b"
    ),
    E.TRAUMA: _re(r"\b(?:trauma\w*|ptsd|domestic violence|dv|abuse|assault\w*|survivor)\b"),
    E.FAMILY_DISRUPTION: _re(
        r"\b(?:divorc\w*|separat\w+|family (?:disruption|split|break-?up|apart)|estrang\w+)\b"
    ),
}

OWN_HOURS = _re(
    r"\b(?:work(?:s|ing)?|job|shift|school|class(?:es)?|sleeps?|has|kids?)\W+(?:\w+\W+)?(?:days?"
    r"|nights?|evenings?|mornings?|afternoons?|weekends?|weekdays|1st|2nd|3rd|first|second|third)"
    r"(?: shift)?\b"
)
TIMES = _re(
    r"\b(?:evenings?|nights?|mornings?|afternoons?|weekends?|weekdays?|daytime|days|lunch(?:time)?"
    r"|after (?:work|school|supper|dinner|\d{1,2}(?::\d\d)?(?: ?[ap]\.?m\.?)?)"
    r"|before (?:work|school|noon|\d{1,2}(?::\d\d)?(?: ?[ap]\.?m\.?)?)"
    r"|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:days?)?|tardes?|noches?|ma[nñ]anas?)\b"
)
NOT_TIME = _re(r"\b(?:no|not|never|can'?t|cannot|doesn'?t|don'?t|except|bad)\b")

NEAR = _re(
    r"\b(?:not (?:too )?far (?:from|away from)|near(?:by)?(?: to)?|close to|around|within reach of"
    r"|in the|in|walking distance (?:of|from|to)|cerca de)\s+(?P<where>(?-i:[A-Z])[\w'.-]*"
    r"(?:\s+(?-i:[A-Z])[\w'.-]*)*|home|work|town|(?:her|his|their|the) \w+)"
)
NEAR_HERE = _re(r"\b(?:not (?:too )?far|close by|near ?by|walking distance)\b")
NOT_NEAR = _re(
    r"\b(?:not|nowhere|away from|don'?t)\s+(?:be\s+|too\s+)?(?:near|close to|around|in)\b"
)
MEETING_PLACES: Mapping[str, re.Pattern[str]] = {
    "home": _re(r"\b(?:home|house|apartment|apt|her place|his place|their place|casa)\b"),
    "library": _re(r"\b(?:library|biblioteca)\b"),
    "coffee shop": _re(r"\b(?:coffee(?: shop| house)?|caf[eé]|mcdonald'?s|kwik trip|diner)\b"),
    "office": _re(r"\b(?:office|the center|your place)\b"),
    "park": _re(r"\b(?:park|outside|outdoors|walk outside)\b"),
    "church": _re(r"\bchurch\b"),
    "car": _re(r"\bin (?:the|a|your|my) car\b"),
    "public place": _re(r"\b(?:public place|in public|neutral (?:place|spot|ground))\b"),
    "school": _re(r"\bat school\b"),
    "clinic": _re(r"\bat (?:the )?clinic\b"),
    "work": _re(r"\bat (?:her|his|their|my)? ?work\b"),
}
MEETING = _re(
    r"\b(?:meet\w*|visits?|see (?:her|him|them)|at|come to|go to|in public"
    r"|in (?:the|a|your|my) car)\b|@"
)
NOT_THERE = _re(r"\b(?:not|no|never|don'?t|doesn'?t|won'?t|can'?t|rather not|outside (?:of )?)\b")

MODES: Mapping[str, re.Pattern[str]] = {
    Mode.TEXT_MESSAGE: _re(r"\b(?:texts?|texting|sms|mensajes?)\b"),
    Mode.TELEPHONE: _re(r"\b(?:phones?|calls?|calling|telephone|landline|tel[eé]fono)\b"),
    "voicemail": _re(
        r"\b(?:voice ?mails?|vm|messages? on (?:the )?machine|leave (?:a )?messages?)\b"
    ),
    Mode.VIDEO: _re(r"\b(?:video|zoom|face ?time|teams)\b"),
    Mode.SOCIAL_MEDIA: _re(r"\b(?:facebook|fb|messenger|instagram|whats ?app|snap(?:chat)?)\b"),
    Mode.OTHER_ELECTRONIC: _re(r"\be-?mails?\b"),
    Mode.FACE_TO_FACE: _re(r"\b(?:in[ -]person|face[ -]to[ -]face|f2f)\b"),
}
NOT_BY = _re(r"\b(?:no|not|never|don'?t|do not|doesn'?t|can'?t|won'?t|without|hates?|sin)\b")
BY = _re(
    r"\b(?:only|best|better|prefer\w*|pref|please|pls|ok|okay|fine|just|by|use|via|likes?|first"
    r"|is good|works|want\w*|solo|por)\b"
)

REFUSAL = _re(
    r"\b(?:(?:any ?(?:one|body)|some ?(?:one|body)|every ?(?:one|body)|any supporter|whoever)"
    r"(?:'s fine)? (?:but|except(?: for)?|other than|besides|who(?:'s| is)(?: not|n'?t)"
    r"|that(?:'s| is)(?: not|n'?t))"
    r"|(?:does not|doesn'?t|do not|don'?t|did not|didn'?t|won'?t|will not|refuses to|can'?t|cannot)"
    r" (?:want(?: to)? |be )?(?:(?:work|meet|be|pair(?:ed)?|match(?:ed)?|talk|go)"
    r" (?:up )?(?:with|w/|to)|see|have)"
    r"|(?:do not|don'?t|never|not|please not|please don'?t) (?:to be )?(?:match(?:ed)?|pair(?:ed)?"
    r"|put|assign|set|send)(?: \w+){0,2}? (?:with|w/|to)|(?:does not|doesn'?t|do not|don'?t) want"
    r"|keep (?:\w+ )?away from|stay away from|not with|not w/|nobody from|no one from|no ?body who"
    r"|cualquiera menos|menos|que no sea|tsis (?:yog|txhob))\s+(?P<who>[^;\n\"”“]+)"
)
BARE_NOT = _re(r"^(?:please )?(?:not|no)\s+(?P<who>[^;\n\"”“]+)")
NO_WISH = _re(
    r"^\W*(?:none|n/?a|nothing|(?:no|any) (?:pref\w*|special \w+|specific \w+|wish\w*|requests?"
    r"|notes?|particular \w+)|(?:ok(?:ay)? with |open to )?(?:anyone|anybody|whoever|any)"
    r"(?: at all)?(?: is| works)?(?: fine| ok(?:ay)?)?)\W*$"
)
POLITE = _re(r"^\W*(?:please|pls|por favor|thanks?(?: you)?|gracias)\W*$")
FIXED_DATE = _re(
    r"\b(?:court|hearings?|appts?|appointments?|intake|opened|since|starts?|due|on (?:his|her))\b"
)
LANGUAGES_ONLY = _re("|".join(pattern.pattern for pattern in LANGUAGES.values()))
