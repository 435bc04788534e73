"""Addresses of the profile cards on the customer page, and of their settings."""

from django.urls import path

from tenure.web.cards import bulk, edit, field_form, history, part, settings_page, undoing

app_name = "cards"

urlpatterns = [
    path("customers/<int:pk>/cards/", part.cards_part, name="part"),
    path("customers/<int:pk>/fields/<int:field_id>/", edit.field_part, name="field"),
    path("customers/<int:pk>/history/<path:key>/", history.history_part, name="history"),
    path("customers/<int:pk>/facts/<int:fact_id>/correct/", history.correct, name="correct"),
    path("customers/<int:pk>/facts/<int:fact_id>/withdraw/", history.withdraw, name="withdraw"),
    path("customers/fields/choose/", bulk.choose_field, name="bulk"),
    path("customers/fields/set/", bulk.set_field, name="bulk_set"),
    path("customers/fields/<int:activity_id>/undo/", undoing.undo, name="undo"),
    path("settings/cards/", settings_page.index, name="settings"),
    path("settings/cards/order/", settings_page.order, name="order"),
    path("settings/cards/new/", settings_page.new_card, name="new_card"),
    path("settings/cards/<int:pk>/name/", settings_page.rename, name="rename_card"),
    path("settings/cards/<int:pk>/shown-for/", settings_page.show_for, name="show_for"),
    path("settings/cards/<int:pk>/archive/", settings_page.archive_card, name="archive_card"),
    path("settings/cards/<int:pk>/restore/", settings_page.restore_card, name="restore_card"),
    path("settings/cards/<int:pk>/fields/new/", field_form.create, name="new_field"),
    path("settings/fields/<int:pk>/", field_form.change, name="change_field"),
    path("settings/fields/<int:pk>/archive/", settings_page.archive_field, name="archive_field"),
    path("settings/fields/<int:pk>/restore/", settings_page.restore_field, name="restore_field"),
]
