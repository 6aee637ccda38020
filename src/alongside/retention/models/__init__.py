from alongside.retention.models.keeping import Disposal, KeepingLonger, LegalHold
from alongside.retention.models.requests import RecordRequest, RequestStep

__all__ = ["Disposal", "KeepingLonger", "LegalHold", "RecordRequest", "RequestStep"]
