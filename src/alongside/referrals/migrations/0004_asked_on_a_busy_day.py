import alongside.core.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('referrals', '0003_asked_by_themselves'),
    ]

    operations = [
        migrations.CreateModel(
            name='AskedApart',
            fields=[
                ('id', models.UUIDField(default=alongside.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('called', models.CharField(max_length=200)),
                ('phone', models.CharField(blank=True, max_length=60)),
                ('reach_by', models.CharField(blank=True, max_length=200)),
                ('phone_note', models.CharField(blank=True, max_length=200)),
                ('county', models.CharField(blank=True, max_length=60)),
                ('language', models.CharField(blank=True, max_length=60)),
                ('wish', models.TextField(blank=True)),
                ('pathway', models.CharField(choices=[('family_treatment_court', 'Family treatment court'), ('chips', 'Chips'), ('juvenile_justice', 'Juvenile justice'), ('ccs', 'Ccs'), ('self_referral', 'Self referral'), ('other', 'Other'), ('not_said', 'Not said')], max_length=30)),
                ('asked_at', models.DateTimeField()),
                ('put_away_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'asked_at', 'id'], name='asked_apart_by_day')],
            },
        ),
    ]
