"""What the journeys share: a company's folder, the person at the keyboard, and the answers file of a job."""

from journeys.company import CODE, CRISIS, ME, SECRET, SMALL, Company, Ended
from journeys.lead import Lead, seen

__all__ = ["CODE", "CRISIS", "ME", "SECRET", "SMALL", "Company", "Ended", "Lead", "seen"]
