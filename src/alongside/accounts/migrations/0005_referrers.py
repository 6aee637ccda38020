from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_letters'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rolegrant',
            name='role',
            field=models.CharField(choices=[('supporter', 'Supporter'), ('supervisor', 'Supervisor'), ('coordinator', 'Coordinator'), ('array-lead', 'Array lead'), ('billing', 'Billing'), ('privacy-officer', 'Privacy officer'), ('administrator', 'Administrator'), ('referrer', 'Referrer')], max_length=20),
        ),
    ]
