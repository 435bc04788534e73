from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("upkeep", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("warehouse_rebuilt", "The warehouse was damaged and is being rebuilt"),
                    ("backup_failed", "The backup failed"),
                    ("backup_damaged", "A backup is not whole any more"),
                ],
                max_length=40,
            ),
        ),
    ]
