"""Rules about whether the runbook can be used tonight."""

from __future__ import annotations

from crisiscli.rules.base import Rule
from crisiscli.rules.readiness.clock_unverified import ClockUnverified
from crisiscli.rules.readiness.future_date import FutureDate
from crisiscli.rules.readiness.handover_too_long import HandoverTooLong
from crisiscli.rules.readiness.lead_gap import LeadGap
from crisiscli.rules.readiness.never_rehearsed import NeverRehearsed
from crisiscli.rules.readiness.no_holding import NoHolding
from crisiscli.rules.readiness.no_lead import NoLead
from crisiscli.rules.readiness.nobody_holds import NobodyHolds
from crisiscli.rules.readiness.personal_data import PersonalData
from crisiscli.rules.readiness.pre_approval_ended import PreApprovalEnded
from crisiscli.rules.readiness.pre_approval_ends import PreApprovalEnds
from crisiscli.rules.readiness.private_contact import PrivateContact
from crisiscli.rules.readiness.roster_gap import RosterGap
from crisiscli.rules.readiness.secret_in_file import SecretInFile
from crisiscli.rules.readiness.stale_rehearsal import StaleRehearsal
from crisiscli.rules.readiness.stale_review import StaleReview
from crisiscli.rules.readiness.standing_left_up import StandingLeftUp
from crisiscli.rules.readiness.voided_pre_approval import VoidedPreApproval

RULES: tuple[Rule, ...] = (
    NoHolding(),
    NoLead(),
    StaleReview(),
    FutureDate(),
    StaleRehearsal(),
    NeverRehearsed(),
    PreApprovalEnded(),
    PreApprovalEnds(),
    VoidedPreApproval(),
    ClockUnverified(),
    LeadGap(),
    RosterGap(),
    NobodyHolds(),
    SecretInFile(),
    PersonalData(),
    PrivateContact(),
    HandoverTooLong(),
    StandingLeftUp(),
)
