"""Every write of retention: holds, what is kept longer, disposal by two persons, requests."""

from alongside.retention.actions.copies import copy_own_record, copy_record
from alongside.retention.actions.disposals import (
    confirm_disposal,
    export_disposals,
    finish_files,
    propose_disposal,
    take_disposal_back,
)
from alongside.retention.actions.keeping import keep_longer, lift_hold, open_kept, place_hold
from alongside.retention.actions.requests import (
    answer_request,
    ask_for_record,
    disagree,
    end_restriction,
    export_requests,
    open_request_again,
    take_disagreement_back,
    take_longer,
    withdraw_request,
)

__all__ = [
    "answer_request",
    "ask_for_record",
    "confirm_disposal",
    "copy_own_record",
    "copy_record",
    "disagree",
    "end_restriction",
    "export_disposals",
    "export_requests",
    "finish_files",
    "keep_longer",
    "lift_hold",
    "open_kept",
    "open_request_again",
    "place_hold",
    "propose_disposal",
    "take_disagreement_back",
    "take_disposal_back",
    "take_longer",
    "withdraw_request",
]
