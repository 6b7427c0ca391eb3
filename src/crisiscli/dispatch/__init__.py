"""Dispatch: the words as they stand, the yes to them, and the one door out."""

from crisiscli.dispatch.approving import Yes, approve
from crisiscli.dispatch.desk import Desk, Text
from crisiscli.dispatch.handing import hand, settle
from crisiscli.dispatch.parcels import Batch, Parcel, batch
from crisiscli.dispatch.sending import Result, check, recover, send

__all__ = [
    "Batch",
    "Desk",
    "Parcel",
    "Result",
    "Text",
    "Yes",
    "approve",
    "batch",
    "check",
    "hand",
    "recover",
    "send",
    "settle",
]
