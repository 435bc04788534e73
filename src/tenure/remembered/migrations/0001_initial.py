import secrets
from typing import Any

from django.db import migrations, models


def draw_the_first(apps: Any, schema_editor: Any) -> None:
    apps.get_model("remembered", "Stamp").objects.create(pk=1, value=secrets.token_hex(16))


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(max_length=36)),
            ],
        ),
        migrations.RunPython(draw_the_first, migrations.RunPython.noop),
    ]
