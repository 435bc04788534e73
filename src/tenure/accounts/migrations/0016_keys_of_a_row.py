"""The keys of a row are looked for by what they begin with, at all places at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0015_file_mentions")]

    operations = [
        operation
        for name in ("accountkey", "contactkey", "userkey")
        for operation in (
            migrations.RemoveIndex(name, f"{name}_of_row"),
            migrations.AddIndex(name, models.Index(fields=["row", "key", "place"], name=f"{name}_of_row")),
        )
    ]
