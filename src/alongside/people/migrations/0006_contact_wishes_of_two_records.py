from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_own_links_and_contact_wishes'),
    ]

    operations = [
        migrations.AddField(
            model_name='contactwish',
            name='joined',
            field=models.BooleanField(default=False),
        ),
    ]
