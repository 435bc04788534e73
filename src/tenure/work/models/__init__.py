"""What people do with customers and promise them."""

from tenure.work.models.attachment import Attachment
from tenure.work.models.follow_up import EarlierText, FollowUp, Mention, Participant, Sentiment
from tenure.work.models.next_step import NextStep
from tenure.work.models.type import FollowUpType

__all__ = [
    "Attachment",
    "EarlierText",
    "FollowUp",
    "FollowUpType",
    "Mention",
    "NextStep",
    "Participant",
    "Sentiment",
]
