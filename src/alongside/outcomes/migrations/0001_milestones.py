import alongside.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0008_participants_come_in'),
        ('accounts', '__first__'),
        ('people', '0004_participants_come_in'),
    ]

    operations = [
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.UUIDField(default=alongside.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(blank=True, choices=[('day_in_recovery', 'Day in recovery'), ('home', 'Home'), ('work_or_school', 'Work or school'), ('family', 'Family'), ('health', 'Health'), ('court_or_case', 'Court or case'), ('community', 'Community'), ('giving_back', 'Giving back'), ('first_time', 'First time'), ('own', 'Own')], max_length=30)),
                ('words', models.TextField()),
                ('on', models.DateField()),
                ('about', models.BooleanField(default=False)),
                ('seen', models.CharField(choices=[('us', 'Us'), ('team', 'Team')], default='us', max_length=10)),
                ('written_by_them', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='people.participant')),
            ],
            options={
                'indexes': [models.Index(fields=['participant', '-on', '-id'], name='milestone_by_participant')],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='milestone_has_words')],
            },
        ),
        migrations.CreateModel(
            name='MilestoneChange',
            fields=[
                ('id', models.UUIDField(default=alongside.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.JSONField(default=dict)),
                ('why', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='outcomes.milestone')),
            ],
            options={
                'indexes': [models.Index(fields=['milestone', '-id'], name='milestone_change')],
            },
        ),
        migrations.CreateModel(
            name='ReturnToUse',
            fields=[
                ('id', models.UUIDField(default=alongside.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField(blank=True)),
                ('known_on', models.DateField()),
                ('happened_on', models.DateField(blank=True, null=True)),
                ('back_on', models.DateField(blank=True, null=True)),
                ('back_words', models.TextField(blank=True)),
                ('back_encounter_id', models.UUIDField(blank=True, null=True)),
                ('written_by_them', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns_to_use', to='people.participant')),
            ],
            options={
                'indexes': [models.Index(fields=['participant', '-known_on', '-id'], name='return_by_participant'), models.Index(fields=['agency', 'known_on', 'id'], name='return_by_agency')],
                'constraints': [models.CheckConstraint(condition=models.Q(('happened_on', None), ('happened_on__lte', models.F('known_on')), _connector='OR'), name='return_to_use_is_known_once_it_happened'), models.CheckConstraint(condition=models.Q(('back_on__isnull', False), models.Q(('back_encounter_id', None), ('back_words', '')), _connector='OR'), name='return_to_support_has_its_day'), models.CheckConstraint(condition=models.Q(('back_on', None), models.Q(('back_on__gte', models.F('happened_on')), ('happened_on__isnull', False)), models.Q(('back_on__gte', models.F('known_on')), ('happened_on', None)), _connector='OR'), name='return_to_support_is_not_before_the_use')],
            },
        ),
        migrations.CreateModel(
            name='ReturnChange',
            fields=[
                ('id', models.UUIDField(default=alongside.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.JSONField(default=dict)),
                ('why', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('return_to_use', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='outcomes.returntouse')),
            ],
            options={
                'indexes': [models.Index(fields=['return_to_use', '-id'], name='return_change')],
            },
        ),
    ]
