from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_letter_link_sealed'),
    ]

    operations = [
        migrations.AlterField(
            model_name='letter',
            name='kind',
            field=models.CharField(choices=[('invitation', 'Invitation'), ('update', 'Update'), ('link', 'Link')], max_length=12),
        ),
    ]
