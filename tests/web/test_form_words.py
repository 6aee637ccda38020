import pytest
from django import forms


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        pytest.param(forms.CharField(), "", "Please fill this in.", id="words missing"),
        pytest.param(
            forms.CharField(max_length=3),
            "four",
            "This is too long. At most 3 letters fit.",
            id="too long",
        ),
        pytest.param(forms.ChoiceField(), "", "Please choose one.", id="nothing chosen"),
        pytest.param(
            forms.MultipleChoiceField(), [], "Please choose at least one.", id="none chosen"
        ),
        pytest.param(forms.DateField(), "", "Please choose a day.", id="day missing"),
        pytest.param(forms.DateField(), "soon", "Write the day like 11/19/2026.", id="not a day"),
        pytest.param(
            forms.EmailField(),
            "rosa",
            "Write an e-mail address like name@example.org.",
            id="not an address",
        ),
        pytest.param(
            forms.URLField(assume_scheme="https"),
            "not here",
            "Write a web address like https://example.org.",
            id="not a web address",
        ),
        pytest.param(forms.IntegerField(), "many", "Write a number, like 12.", id="no number"),
        pytest.param(forms.IntegerField(min_value=1), "0", "Choose 1 or more.", id="too few"),
        pytest.param(forms.FileField(), None, "Please choose a file.", id="file missing"),
    ],
)
def test_a_form_says_how_to_mend_it(field, typed, said):
    with pytest.raises(forms.ValidationError) as told:
        field.clean(typed)
    assert told.value.messages == [said]
