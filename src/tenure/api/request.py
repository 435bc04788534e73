"""A request that a token let in."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest

from tenure.people.models import ApiToken, Member


class ApiRequest(HttpRequest):
    """`member` is who the token acts as: whatever they may not see does not exist here.

    `begin` begins the transaction, in operations that ask another system first.
    """

    token: ApiToken
    member: Member
    begin: Callable[[], None]


def let_in(request: HttpRequest, token: ApiToken) -> ApiRequest:
    """The request, acting as the token's member."""
    let = cast(ApiRequest, request)
    let.token, let.member = token, token.member
    return let
