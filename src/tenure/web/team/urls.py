"""Addresses of the team, its books, and handing them over."""

from django.urls import path

from tenure.web.team.hand_over import hand_over_book, hand_over_chosen
from tenure.web.team.list import team
from tenure.web.team.undo import undo

app_name = "team"

urlpatterns = [
    path("", team, name="list"),
    path("hand-over/", hand_over_chosen, name="hand_over_chosen"),
    path("hand-over/<int:pk>/", hand_over_book, name="hand_over"),
    path("changes/<int:pk>/undo/", undo, name="undo"),
]
