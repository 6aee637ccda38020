"""The six kinds of hint by table: what the writer did, and what only sounds like it."""

import pytest

from alongside.practice.role import judge

# The examples of the issue that asked for this review.
ISSUE = [
    pytest.param(
        "she said her doctor told her she has PTSD",
        "in",
        id="said her doctor told her she has PTSD",
    ),
    pytest.param("rode along to her drug screen", "in", id="rode along to a screen"),
    pytest.param(
        "I did not give advice, asked what she had tried", "in", id="refused advice and asked"
    ),
    pytest.param(
        "filled the form in for him, he asked, his hands shake", "in", id="asked to, hands shake"
    ),
    pytest.param("told her she should leave him", "advice", id="should leave him"),
    pytest.param("seems bipolar", "diagnosis", id="seems bipolar"),
    pytest.param("did a UA with her, clean", "drug_testing", id="did a UA"),
]

INSIDE = [
    pytest.param("her therapist does EMDR with her on Mondays", id="her therapist's work"),
    pytest.param(
        "the nurse gave him the PHQ-9 and he told me the number", id="his nurse scored him"
    ),
    pytest.param(
        "her psychiatrist lowered the Seroquel and she feels better",
        id="her psychiatrist changed it",
    ),
    pytest.param("she asked how to find a therapist, I gave her the list", id="asks about therapy"),
    pytest.param("shared that therapy helped me years ago", id="my own therapy"),
    pytest.param("told him I am not a counselor, and that I can listen", id="not a counselor"),
    pytest.param("she talked about the accident, I listened", id="listened to trauma"),
    pytest.param(
        "we wrote down three questions about his meds for the doctor", id="questions for the doctor"
    ),
    pytest.param("he took his morning pills while I made coffee", id="took own pills"),
    pytest.param("drove him to detox, the nurse checked him in", id="ride to detox"),
    pytest.param("her counselor cancelled so we met longer", id="counselor cancelled"),
    pytest.param("the clinician led the trauma group, I set up chairs", id="group by a clinician"),
    pytest.param("read her crisis plan together, she changed one line", id="her crisis plan"),
    pytest.param("treated myself to ice cream after, he did too", id="treated to ice cream"),
    pytest.param(
        "his discharge paper says schizophrenia, he asked who can explain it",
        id="paper says schizophrenia",
    ),
    pytest.param("he calls it his bipolar brain and laughs", id="his own word for it"),
    pytest.param("she wonders if she has ADHD, wants to ask her doctor", id="wonders herself"),
    pytest.param(
        "he asked if I think he is depressed, I said I can't say that and asked how it feels",
        id="asked for a diagnosis",
    ),
    pytest.param("her mom thinks she is bipolar, she disagrees", id="mother's opinion"),
    pytest.param("I told her I was diagnosed with depression at 30", id="my own diagnosis"),
    pytest.param("his dad has dementia and he is tired", id="a friend's dementia"),
    pytest.param("passed the permit test, borderline but passed", id="a borderline score"),
    pytest.param("she cried and did not eat much, I asked what she needs", id="what I saw"),
    pytest.param("the school thinks her son is autistic, evaluation is in May", id="who guesses"),
    pytest.param("the vet diagnosed her dog with a heart murmur", id="dog diagnosed"),
    pytest.param("he is reading a book on anxiety from the library", id="reads on anxiety"),
    pytest.param("not my place to say what it is, so I asked what helps", id="not my place"),
    pytest.param("probation had him do a UA before class", id="probation test"),
    pytest.param("waited outside while she gave her sample at the lab", id="waited outside"),
    pytest.param("his mom asked me to test him, I said no", id="said no to testing"),
    pytest.param(
        "the agent asked me to watch the cup and I said that is not my role", id="watch the cup, no"
    ),
    pytest.param(
        "he told me his test was positive and that he was scared", id="he told his result"
    ),
    pytest.param("her pregnancy test was negative", id="pregnancy test"),
    pytest.param("she passed her driving test today", id="driving test"),
    pytest.param("we both took a covid test before group", id="covid test"),
    pytest.param("he has a drug test for the warehouse job on Monday", id="job drug test"),
    pytest.param("her son had a hearing test at school", id="hearing test"),
    pytest.param("she blew out the candles, one year", id="blew out candles"),
    pytest.param("met at the drop in center", id="drop in center"),
    pytest.param("we tested her smoke alarm", id="smoke alarm"),
    pytest.param("she calls the color line every morning herself", id="color line"),
    pytest.param("her lawyer told her to take the plea", id="lawyer's advice"),
    pytest.param("his sponsor told him to go to 90 meetings", id="sponsor's advice"),
    pytest.param(
        "her friends say she should leave him, I asked what she wants", id="friends say leave"
    ),
    pytest.param(
        "I wanted to tell her to leave but asked what safe means to her", id="wanted to tell"
    ),
    pytest.param("he asked what I would do, I said only he can decide", id="asked what I would do"),
    pytest.param("we listed three options and she picked one", id="options"),
    pytest.param(
        "told him what worked for me and asked what might work for him", id="shared my way"
    ),
    pytest.param(
        "asked if she wanted an idea, she said yes, I shared mine", id="permission to share"
    ),
    pytest.param("told her the bus leaves at nine", id="told the time"),
    pytest.param("told him about the food pantry on Main", id="told about a place"),
    pytest.param("told her she should be proud of herself", id="proud"),
    pytest.param("told him the office needs two proofs of address", id="office's rule"),
    pytest.param("told her not to worry about being late", id="comfort"),
    pytest.param("she was advised of her rights in court", id="advised of rights"),
    pytest.param("gave him the number of the legal advice line", id="advice line"),
    pytest.param("reminded her of court like she asked me to", id="reminder asked for"),
    pytest.param("reminded the group that we do not give advice", id="group rule"),
    pytest.param("we should meet at the park next time, she said", id="we should meet"),
    pytest.param("the judge told her she has to finish the class", id="judge ordered"),
    pytest.param(
        "told the judge she should have more time, she asked me to say it", id="spoke up in court"
    ),
    pytest.param(
        "wrote the letter he dictated because of the cast on his arm", id="cast on his arm"
    ),
    pytest.param(
        "read her the form because her glasses broke, she told me what to write", id="glasses broke"
    ),
    pytest.param("with her ok I dialed and put it on speaker, she talked", id="speaker phone"),
    pytest.param("he called the clinic himself while I sat next to him", id="he did it himself"),
    pytest.param("we filled in the application side by side, she typed", id="did it side by side"),
    pytest.param("I did not call for her, we practiced and she called", id="did not do it for her"),
    pytest.param("he signed a release so I could fax his pay stubs", id="signed release"),
    pytest.param("cleaned her kitchen together before the visit", id="cleaned together"),
    pytest.param("her aunt fills out all her forms and she wants to learn", id="her aunt did it"),
    pytest.param("carried the boxes with him, he asked for a hand", id="asked for help to lift"),
    pytest.param("finished my own paperwork in the car", id="my own paperwork"),
    pytest.param("showed her how to use the portal and she sent the message", id="showed how"),
    pytest.param("she booked her own dentist", id="booked by herself"),
    pytest.param("left her a voicemail about Thursday", id="left a message"),
    pytest.param("he asked me to translate, he answered every question", id="interpreter"),
    pytest.param("picked him up at nine and drove to court", id="picked up at nine"),
    pytest.param("he introduced himself as an addict in recovery", id="calls himself addict"),
    pytest.param("she was called a junkie at the pharmacy and it hurt", id="called a junkie"),
    pytest.param(
        "the report says noncompliant, she wants to answer it", id="report says noncompliant"
    ),
    pytest.param("her ex keeps texting that she is crazy", id="ex says crazy"),
    pytest.param("folded clean laundry while we talked", id="clean laundry"),
    pytest.param("the dishes were dirty so we washed them together", id="dirty dishes"),
    pytest.param("crazy weather so we met by phone", id="crazy weather"),
    pytest.param("she says she has been clean for two years", id="clean two years, her words"),
    pytest.param("his car failed inspection", id="failed inspection"),
    pytest.param(
        "her aunt says she is in denial, she says she is private", id="in denial, an aunt"
    ),
    pytest.param("she calls herself stubborn and we laughed", id="stubborn, her word"),
    pytest.param("he refused the coffee and took the donut", id="refused coffee"),
    pytest.param("missed our visit, no ride, we set a new time", id="missed a visit"),
    pytest.param("he used on Saturday and called me Sunday, glad he called", id="return to use"),
    pytest.param("the landlord was hostile, she stayed calm", id="hostile landlord"),
    pytest.param(
        "the school called him a troublemaker, he told me how that felt", id="label at school"
    ),
    pytest.param("no answer, left a note", id="no show"),
    pytest.param(
        "talked about the word alcoholic, he likes person in recovery", id="word alcoholic"
    ),
    pytest.param("lazy Sunday at the lake with the group", id="lazy Sunday"),
]

OUTSIDE = {
    "clinical": [
        ("processed trauma", "processed her childhood trauma with her for an hour"),
        ("EMDR", "did EMDR with him in my office"),
        ("cut the dose", "told him to cut his Zoloft in half"),
        ("PHQ-9", "gave her the PHQ-9, she scored 18"),
        ("individual therapy", "provided individual therapy, 50 minutes"),
        ("treatment plan", "wrote his treatment plan for depression"),
        ("thought record", "we did a CBT thought record in session"),
        ("suicide assessment", "completed a suicide risk assessment, moderate"),
        ("withdrawal at home", "monitored his withdrawal overnight and gave him Valium"),
        ("stop the medicine", "had her stop the Lexapro"),
        ("family therapy", "led family therapy with mom and the teen"),
        ("hypnosis", "hypnotized her for the cravings"),
        ("couples counseling", "counseled the couple on their marriage, assigned homework"),
        ("misspelled", "did theraphy with her on her truama"),
    ],
    "diagnosis": [
        ("looks manic", "she is clearly manic today"),
        ("probably PTSD", "he probably has PTSD from the war"),
        ("borderline", "I think she has borderline personality"),
        ("on the spectrum", "her boy is on the spectrum if you ask me"),
        ("clinical words", "flat affect, anhedonia, likely major depression"),
        ("told her what it is", "told her what she has is OCD"),
        ("dementia", "grandpa has early dementia, I can tell"),
        ("psychotic", "presenting as psychotic, hearing things"),
        ("meets criteria", "meets criteria for alcohol use disorder"),
        ("misspelled bipolar", "seems bipoler to me"),
    ],
    "drug_testing": [
        ("breathalyzer", "had him blow before group, .00"),
        ("swab", "swabbed her in the parking lot, negative"),
        ("watched the cup", "watched him pee for the court"),
        ("dip", "dipped her cup, THC positive"),
        ("12 panel", "ran a 12 panel on him"),
        ("required a test", "made her do a drug test before I signed the slip"),
        ("hair", "took a hair sample for the court"),
        ("patch", "put a sweat patch on his arm"),
        ("collected", "collected urine and sent it to the lab"),
    ],
    "advice": [
        ("quit the job", "told him to quit his job"),
        ("advised", "advised her to drop the appeal"),
        ("my advice", "my advice was to stay single"),
        ("you should", "I said you should block him"),
        ("talked into", "talked her into going inpatient"),
        ("if I were her", "said if I were her I would take the plea"),
        ("urged", "urged him to move out of town"),
        ("needs to", "told her she needs to stop seeing her cousin"),
        ("convinced", "convinced him to sell the truck"),
        ("warned", "warned her not to tell her caseworker"),
        ("misspelled should", "tld him he shoud leave town"),
    ],
    "doing_for": [
        ("her foodshare", "filled out her whole FoodShare renewal for her, she watched TV"),
        ("called for him", "called his landlord for him so he wouldn't have to"),
        ("wrote the letter", "wrote his letter to the judge, he just signed it"),
        ("without asking", "signed her up for class without asking her"),
        ("spoke for him", "spoke for him in court because he takes too long"),
        ("cleaned for her", "cleaned her whole apartment while she slept"),
        ("logged in", "logged into his account and did it for him, easier"),
        ("booked", "went ahead and booked her dentist, she doesn't know yet"),
        ("paid", "paid his bill with his card while he was asleep"),
        ("job applications", "applied to five jobs for him on my own"),
        ("answered", "answered the caseworker's questions for her"),
    ],
    "stigmatizing": [
        ("noncompliant", "she is noncompliant again"),
        ("addict", "typical addict, always an excuse"),
        ("in denial", "he is in denial about his drinking"),
        ("manipulative", "very manipulative on the phone"),
        ("frequent flyer", "frequent flyer at the ER"),
        ("junkie", "another junkie at the door"),
        ("dirty", "dirty again, so we start over"),
        ("drug seeking", "drug seeking with the back pain story"),
        ("bad mom", "bad mom, on her phone the whole visit"),
        ("lazy", "lazy and unmotivated"),
        ("failed treatment", "failed treatment for the third time"),
        ("crazy", "this lady is crazy"),
    ],
}


@pytest.mark.practice("SVC-3", "SVC-6", "SVC-11", "MPR-6")
@pytest.mark.parametrize(("words", "label"), ISSUE)
def test_the_seven_examples(words, label):
    assert judge(words)[0] == label


@pytest.mark.practice("SVC-11", "MPR-6")
@pytest.mark.parametrize("words", INSIDE)
def test_what_is_inside_the_role_gets_no_hint(words):
    assert judge(words) == ("in", ())


@pytest.mark.practice("SVC-3", "SVC-6", "SVC-11", "MPR-6")
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        pytest.param(kind, words, id=f"{kind}: {name}")
        for kind, cases in OUTSIDE.items()
        for name, words in cases
    ],
)
def test_what_the_writer_did_outside_the_role_is_named(kind, words):
    label, hints = judge(words)
    assert label == kind
    assert {hint.kind.value for hint in hints} == {kind}
