"""Every write to agencies, users, invitations and contracts."""

from alongside.accounts.actions.agencies import NewAgency, change_agency, start_agency
from alongside.accounts.actions.away import (
    NewTimeAway,
    restore_time_away,
    set_time_away,
    take_back_time_away,
)
from alongside.accounts.actions.colleagues import (
    change_roles,
    end_other_sessions,
    let_in,
    set_supervisor,
    shut_out,
    sign_in_happened,
)
from alongside.accounts.actions.contracts import (
    ContractTerms,
    add_contract,
    change_contract,
    end_contract,
)
from alongside.accounts.actions.help_lines import set_help_lines
from alongside.accounts.actions.invitations import (
    NewColleague,
    accept_invitation,
    invite_colleague,
    send_again,
    take_back,
)
from alongside.accounts.actions.letters import (
    put_letter_away,
    queue_letter,
    send_letter_again,
)
from alongside.accounts.actions.public_page import (
    publish_public_page,
    take_public_page_back,
    write_public_page,
)

__all__ = [
    "ContractTerms",
    "NewAgency",
    "NewColleague",
    "NewTimeAway",
    "accept_invitation",
    "add_contract",
    "change_agency",
    "change_contract",
    "change_roles",
    "end_contract",
    "end_other_sessions",
    "invite_colleague",
    "let_in",
    "publish_public_page",
    "put_letter_away",
    "queue_letter",
    "restore_time_away",
    "send_again",
    "send_letter_again",
    "set_help_lines",
    "set_supervisor",
    "set_time_away",
    "shut_out",
    "sign_in_happened",
    "start_agency",
    "take_back",
    "take_back_time_away",
    "take_public_page_back",
    "write_public_page",
]
