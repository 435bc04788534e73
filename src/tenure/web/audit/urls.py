"""Address of the audit log."""

from django.urls import path

from tenure.web.audit.log import log

app_name = "audit"
urlpatterns = [path("", log, name="log")]
