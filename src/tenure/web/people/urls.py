"""Addresses of first run, sign-in and preferences."""

from allauth.account import views as allauth
from django.urls import path

from tenure.web.people.preferences import language, preferences, theme
from tenure.web.people.welcome import welcome

urlpatterns = [
    path("welcome/", welcome, name="welcome"),
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("preferences/", preferences, name="preferences"),
    path("preferences/language/", language, name="language"),
    path("preferences/theme/", theme, name="theme"),
]
